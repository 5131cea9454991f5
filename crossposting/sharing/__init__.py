"""The tab «Sharing» of a page's form: where the page goes, when, in which words and with which picture."""
