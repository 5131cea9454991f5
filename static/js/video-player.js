// <video-player>: nothing is asked of YouTube until the reader presses play; then its player takes the picture's place.
// A film of the portal's own plays by itself; here the links of its transcript («1:05») and the address (#t=65) turn it.
customElements.define(
  "video-player",
  class extends HTMLElement {
    connectedCallback() {
      const { embed, title } = this.dataset;
      if (!embed) return;
      this.addEventListener("click", (event) => {
        const link = event.target.closest("a.video__frame");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const frame = document.createElement("iframe");
        Object.assign(frame, { src: embed, title, allow: "autoplay; encrypted-media; fullscreen; picture-in-picture" });
        const box = Object.assign(document.createElement("div"), { className: "video__frame" });
        box.append(frame);
        link.replaceWith(box);
        frame.focus();
      });
    }
  },
);

const films = () => [...document.querySelectorAll("video-player video")];
const isOf = (film, address) => film.querySelector("source")?.src === address;

// A film of which nothing is loaded yet notes the moment and begins there.
const turn = (film, seconds) => {
  film.currentTime = seconds;
  film.scrollIntoView({ block: "nearest" });
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-seconds]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const film = films().find((each) => isOf(each, link.href.split("#")[0]));
  if (!film) return;
  event.preventDefault();
  turn(film, Number(link.dataset.seconds));
  history.replaceState(history.state, "", `#t=${link.dataset.seconds}`);
  film.focus({ preventScroll: true });
  film.play().catch(() => {}); // a reader who turned playing off presses it
});

// «65» or «1:05», as people write it.
const asked = () =>
  /^#t=(\d{1,5}(?::\d{1,2}){0,2}(?:\.\d+)?)$/
    .exec(location.hash)?.[1]
    .split(":")
    .reduce((total, part) => total * 60 + Number(part), 0);

const follow = () => {
  const seconds = asked();
  const [film] = films();
  if (film && seconds !== undefined) turn(film, seconds);
};
addEventListener("hashchange", follow);
follow();
