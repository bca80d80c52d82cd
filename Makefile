# Every target only calls a script or one command; Scripts/ can be called directly where make is
# not installed. BUILD_FLAGS is handed to each `swift build` and `swift test`, for example
# `make test BUILD_FLAGS="--scratch-path /tmp/build"`.

PREFIX ?= /usr/local
BUILD_FLAGS ?=
MAX_RATIO ?= 4
MAX_TREE_RATIO ?= 5
export BUILD_FLAGS MAX_RATIO MAX_TREE_RATIO

SHARE = $(DESTDIR)$(PREFIX)/share
TEST_FLAGS = -Xswiftc -warnings-as-errors $(BUILD_FLAGS)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: ## Build the tool and lint the example manifests in Fixtures/broken
	Scripts/run.sh

.PHONY: test
test: ## Run every check: format, build without warnings, tests, linkage, other tools, pre-commit
	Scripts/test.sh

.PHONY: record
record: ## Write the recorded outputs of the tests anew; look at the diff afterwards
	Scripts/install-libyaml.sh
	swift build --build-tests $(TEST_FLAGS)
	@# A recording run fails by design, so that no check can pass by recording.
	-RECORD_SNAPSHOTS=1 swift test --skip-build --disable-xctest $(TEST_FLAGS)

.PHONY: format
format: ## Format the Swift sources in place
	swift format -i -r Package.swift Sources Tests Benchmarks Documentation

.PHONY: release
release: ## Build one static, stripped executable at .build/eks-access
	Scripts/release.sh

.PHONY: install
install: ## Install what `make release` built below PREFIX (default /usr/local)
	@test -x .build/eks-access || { echo "run \`make release\` first" >&2; exit 1; }
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 .build/eks-access "$(DESTDIR)$(PREFIX)/bin/eks-access"
	install -d "$(SHARE)/bash-completion/completions" "$(SHARE)/zsh/site-functions" \
	  "$(SHARE)/fish/vendor_completions.d" "$(SHARE)/man/man1"
	install -m 644 .build/completions/bash "$(SHARE)/bash-completion/completions/eks-access"
	install -m 644 .build/completions/zsh "$(SHARE)/zsh/site-functions/_eks-access"
	install -m 644 .build/completions/fish "$(SHARE)/fish/vendor_completions.d/eks-access.fish"
	install -m 644 .build/man/*.1 "$(SHARE)/man/man1"

.PHONY: bench
bench: ## Measure the release executable against other programs; fail above MAX_RATIO
	Benchmarks/run.sh

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf .build Benchmarks/out
