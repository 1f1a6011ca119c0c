# Everything here sets itself up: it needs only make and a Python from 3.11 to 3.15.
.PHONY: demo test quick check lock clean office browser help bench pictures web release sbom

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
SETUP := .venv/set-up
# The tests' workers, and the hundreds of commands that they start, share what Python has compiled.
export PYTHONDONTWRITEBYTECODE :=

help:
	@echo "make demo     a sample tracker, its check, flags and reports, in the folder demo"
	@echo "make test     the whole test suite"
	@echo "make quick    the everyday tests: no LibreOffice, no browser, none of the slow ones"
	@echo "make check    ruff and mypy"
	@echo "make bench    time and memory beside the plain way (a quarter of an hour)"
	@echo "make pictures the pictures of the docs, from the sample"
	@echo "make web      the page for the browser, in dist/page and as dist/mentorbook-page.zip;"
	@echo "              with ADDRESS=https://... also the manifest of the Office add-in"
	@echo "make release  what a college takes, in one folder under dist"
	@echo "make sbom     the bill of materials: every package with its version and licence"
	@echo "make lock     renew requirements.lock"
	@echo "make clean    remove the environment and what the tools left behind"

demo: $(SETUP)
	$(BIN)/mentorbook demo demo

test: $(SETUP) office browser
	$(BIN)/python -m pytest -n auto

quick: $(SETUP)
	$(BIN)/python -m pytest -q -n auto -m "not office and not browser and not slow"

check: $(SETUP)
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(SETUP)
	$(BIN)/python benchmarks/speed.py

pictures: $(SETUP) office
	$(BIN)/python -m docs.make_pictures
	$(BIN)/python -m docs.make_button_pictures
	$(BIN)/python -m docs.make_ribbon_picture

office:
	@sh tests/office/install.sh

browser: $(SETUP)
	@sh tests/web/install.sh $(BIN)/python

web: $(SETUP)
	$(BIN)/mentorbook web build --out dist/page --zip dist/mentorbook-page.zip --parts .venv/web-parts --replace \
		$(if $(ADDRESS),--address $(ADDRESS))

release: $(SETUP)
	$(BIN)/python .ci/release.py dist

sbom: $(SETUP)
	$(BIN)/python .ci/materials.py dist

lock: $(SETUP)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --extra scale --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist mentorbook.egg-info

# The stamp is written last, so a set-up that was cut short starts again.
$(SETUP): requirements.lock pyproject.toml .ci/environment
	sh .ci/environment
	@touch $@
