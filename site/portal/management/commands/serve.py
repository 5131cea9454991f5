"""``manage.py serve``: what ``make run`` starts."""

import os
import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.environment import env
from portal.installation import prepare_site
from portal.management.commands.setup import compile_or_restart, speaker
from portal.processes import die_with_parent, hold_lock, read_pid, why_not_listen, write_pid


class Command(BaseCommand):
    """Prepares the site, then becomes the supervisor of its processes (portal.supervisor)."""

    help = "Prepare the site and run it: web processes and worker, until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the options of the Makefile's targets."""
        parser.add_argument("--dev", action="store_true", help="reload on changes of the code (make dev)")
        parser.add_argument("--with-parent", action="store_true", help="stop when the calling process ends (Linux)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse what cannot work, prepare, and hand over."""
        if options["with_parent"]:
            die_with_parent(signal.SIGTERM)  # exec keeps it, so the supervisor needs no word of it
        compile_or_restart()
        run_folder = env.data_dir / "run"
        lock = hold_lock(run_folder / "serve.lock")
        if lock is None:
            running = read_pid(run_folder / "serve.pid")
            raise CommandError(
                f"The portal already runs on {env.data_dir} (process {running or 'unknown'}). "
                "Stop it first, or give another DATA_DIR and PORT to run a second site."
            )
        problem = why_not_listen(env.bind, env.port)
        if problem:
            raise CommandError(problem)
        write_pid(run_folder / "serve.pid", os.getpid())
        say = speaker(self.stdout)
        try:
            prepare_site(env, say=say)
        except KeyboardInterrupt:
            raise CommandError("Stopped before the site was ready; the next start goes on from here.") from None
        say("Starting ...")
        os.set_inheritable(lock, True)
        arguments = [f"--lock={lock}", *(["--dev"] if options["dev"] else [])]
        program = [sys.executable, "-m", "portal.supervisor", *arguments]
        os.execv(program[0], program)  # noqa: S606  # our own program; exec frees the memory Django's apps took
