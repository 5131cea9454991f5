#!/usr/bin/env python
from portal.management_entry import main

main()
