# A thin front: what a newcomer types. The build itself is CMake with presets.

.DEFAULT_GOAL := help
.PHONY: help setup build data chart web demo test bench format lint fuzz ci clean

help: ## This list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | \
	  while IFS="$$(printf '\t')" read -r name text; do \
	    printf '  make %-8s %s\n' "$$name" "$$text"; done

setup: ## Install what is missing (Debian packages, npm data)
	@bash tools/setup.sh

build: setup ## Build the release program, build/release/derrotero
	@bash tools/build.sh release

data: build ## Make the land map and the wide table of ports, build/data
	@bash tools/data.sh

chart: data ## Compile the coastline, build/chart/world.chart, where it is not there
	@bash tools/chart.sh

web: setup ## Build the web map, build/web
	@bash tools/web.sh

demo: chart web ## Routes from South America to Asia and the world, and a map of them
	@if [ -e tools/demo.sh ]; then bash tools/demo.sh; \
	  else echo "demo: tools/demo.sh is not there yet"; fi

test: chart web ## Every test; the last line is the count
	@bash tools/setup.sh test
	@bash tests/run.sh build/release

bench: chart ## Speed and accuracy, with the commands that make the README's tables
	@if [ -e bench/run.sh ]; then bash bench/run.sh; \
	  else echo "bench: bench/run.sh is not there yet"; fi

format: ## clang-format over all sources
	@bash tools/setup.sh lint
	@find include src tests bench -name '*.[ch]' -print0 2>/dev/null | \
	  xargs -0 clang-format -i

lint: ## clang-format, clang-tidy and the include graph, without changing a file
	@bash tools/setup.sh lint
	@bash tools/lint.sh all

fuzz: ## Every fuzzer for FUZZ_SECONDS (60) under ASan and UBSan
	@bash tools/setup.sh lint
	@bash tools/fuzz.sh $${FUZZ_SECONDS:-60}

ci: ## What CI runs
	@bash .ci/run

clean: ## Remove build/ (the chart too)
	rm -rf build
