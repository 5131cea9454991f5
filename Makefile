# The project's commands, one word each. They need a Python >= 3.12 or uv, and nothing installed by hand.

PYTHON_IN_VENV := .venv/bin/python
ENVIRONMENT := tools/environment
PYTEST_ARGS ?=
BENCH_ARGS ?=
LINTS := lint-code lint-format lint-types lint-imports lint-templates lint-files lint-migrations
.DEFAULT_GOAL := help
.PHONY: help run dev test e2e bench bench-contest bench-search lint $(LINTS) format messages clean-env

help: ## List the commands
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | awk -F '|' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: ## Start the portal as in production, with its demonstration on the first start
	@$(ENVIRONMENT)
	@exec $(PYTHON_IN_VENV) manage.py serve --with-parent

dev: ## Start the developers' server: reloads on every change, shows errors in the browser
	@$(ENVIRONMENT)
	@DJANGO_SETTINGS_MODULE=portal.settings.dev exec $(PYTHON_IN_VENV) manage.py serve --dev --with-parent

test: ## Run the tests, two at a time (PYTEST_ARGS adds options)
	@$(ENVIRONMENT) test
	@exec $(PYTHON_IN_VENV) -m pytest -n 2 --dist worksteal $(PYTEST_ARGS)

e2e: ## Run the browser tests against a real start (needs Chromium, Node and Java)
	@$(ENVIRONMENT) test e2e
	@exec $(PYTHON_IN_VENV) -m pytest -m e2e $(PYTEST_ARGS)

bench: ## Measure the running portal against its own baseline
	@$(ENVIRONMENT)
	@exec $(PYTHON_IN_VENV) -m bench

bench-contest: ## Let 2,000 people answer a contest while the portal is killed (BENCH_ARGS: how many)
	@$(ENVIRONMENT) test
	@exec $(PYTHON_IN_VENV) -m bench.contest $(BENCH_ARGS)

bench-search: ## Measure search against what a site would otherwise take (BENCH_ARGS: which documents, which sizes)
	@$(ENVIRONMENT)
	@exec $(PYTHON_IN_VENV) -m bench.search $(BENCH_ARGS)

lint: $(LINTS) ## Run every check of style, types, templates, imports and migrations

lint-code:
	@$(ENVIRONMENT) lint
	@$(PYTHON_IN_VENV) -m ruff check

lint-format:
	@$(ENVIRONMENT) lint
	@$(PYTHON_IN_VENV) -m ruff format --check

lint-types:
	@$(ENVIRONMENT) lint test e2e
	@$(PYTHON_IN_VENV) -m mypy

lint-imports:
	@$(ENVIRONMENT) lint
	@$(PYTHON_IN_VENV) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

lint-templates:
	@$(ENVIRONMENT) lint
	@$(PYTHON_IN_VENV) -m tools.check_templates
	@$(PYTHON_IN_VENV) -m djlint --lint --quiet templates

lint-files:
	@$(ENVIRONMENT)
	@$(PYTHON_IN_VENV) -m tools.check_files

lint-migrations:
	@$(ENVIRONMENT) test
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(PYTHON_IN_VENV) manage.py makemigrations --check --dry-run

format: ## Put the code into the house's form
	@$(ENVIRONMENT) lint
	@$(PYTHON_IN_VENV) -m ruff check --fix-only --quiet
	@$(PYTHON_IN_VENV) -m ruff format

messages: ## Collect new messages into locale/ (needs gettext)
	@$(ENVIRONMENT)
	@$(PYTHON_IN_VENV) -m tools.check_messages --write

clean-env: ## Remove the Python environment; the next command makes it anew
	rm -rf .venv
