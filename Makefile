# Atalaya.  `make run` and `make check` do everything a fresh Debian needs.
BUILD ?= build
DEPS ?= build/deps
PORT ?= 8443
CC = gcc
MODE_FLAGS ?= -O2 -D_FORTIFY_SOURCE=2
WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes -Werror
CFLAGS = -std=c11 -g $(WARNINGS) $(MODE_FLAGS) -fPIE -fstack-protector-strong -ffunction-sections -fdata-sections -pthread
CPPFLAGS = -D_GNU_SOURCE -Ifirmware -isystem $(DEPS)/include -MMD -MP
LDFLAGS = -pie -pthread -Wl,-z,relro,-z,now -Wl,--gc-sections $(MODE_FLAGS)
export PATH := $(CURDIR)/build/node/bin:$(PATH)

# One archive a floor, and what may be linked under it, highest first; then the libraries, in the same order.
UNDER_base = $(BUILD)/libbase.a
UNDER_core = $(BUILD)/libcore.a $(UNDER_base)
UNDER_calendar = $(BUILD)/libcalendar.a $(UNDER_core)
UNDER_store = $(BUILD)/libstore.a $(UNDER_core)
UNDER_net = $(BUILD)/libnet.a $(UNDER_core)
UNDER_serve = $(BUILD)/libserve.a $(UNDER_core) $(BUILD)/pages.o
UNDER_app = $(BUILD)/libapp.a $(BUILD)/libserve.a $(BUILD)/libnet.a $(BUILD)/libcalendar.a $(BUILD)/libstore.a \
	$(UNDER_core) $(BUILD)/pages.o
UNDER_cli = $(BUILD)/libcli.a $(UNDER_app)
LIBS = $(DEPS)/lib/libwebsockets.a $(DEPS)/lib/libcurl.a \
	$(DEPS)/lib/libmbedtls.a $(DEPS)/lib/libmbedx509.a $(DEPS)/lib/libmbedcrypto.a \
	$(DEPS)/lib/liblmdb.a $(DEPS)/lib/libcjson.a -l:libargon2.a -l:libutf8proc.a -l:libstemmer.a -lical -lm
LINK = $(CC) $(LDFLAGS) -o $@ $(filter %.o %.a,$^) $(LIBS)

# What a test of this name has in place of the real thing.
WRAP_test_policy = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
WRAP_test_store = -Wl,--wrap=pwrite,--wrap=writev,--wrap=fdatasync

SOURCES := $(shell find firmware -name '*.c' | LC_ALL=C sort)
OBJECTS = $(SOURCES:firmware/%.c=$(BUILD)/obj/%.o)
TESTS := $(shell find tests/unit -name 'test_*.c' | LC_ALL=C sort)
UNIT_TESTS = $(TESTS:tests/unit/%.c=$(BUILD)/unit/%)
# What tests share: all of it for core's, the tables in memory for everybody's.
BENCH_core = $(patsubst tests/unit/%.c,$(BUILD)/unit/%.o,$(wildcard tests/unit/bench/*.c))
BENCH = $(BUILD)/unit/bench/ram_tables.o
BENCH_cli = $(BUILD)/unit/bench/caught.o
FORMATTED := $(shell find firmware tests -name node_modules -prune -o \( -name '*.c' -o -name '*.h' \) -print | grep -v _table)

.DELETE_ON_ERROR:
.SECONDARY:
.SECONDEXPANSION:
.PHONY: all help setup run check check-all check-bare units fuzz fuzz-long fuzzers asan tsan clang tidy format format-check floors metrics bench \
	bench-hours coverage sbom clean pages

all: $(BUILD)/atalaya $(BUILD)/compile_commands.json ## the program, build/atalaya

help: ## this list
	@sed -nE 's/^([a-z-]+):.* ## (.*)/\1 \2/p' Makefile | while read -r goal what; do printf '%-14s %s\n' "$$goal" "$$what"; done

setup: ## install and fetch what all goals below need
	@tools/setup all

run: ## set up, play the shipped day, print the wall's address (PORT=8443)
	@tools/setup run
	@$(MAKE) --no-print-directory all
	$(BUILD)/atalaya serve --demo --port $(PORT)

check: ## set up, build, run the tests of every change
	@tools/setup check
	@$(MAKE) --no-print-directory format-check all floors units
	@tools/run-tests tools box page

check-all: ## the slower suites: sanitizers, clang, threads, tidy, crashes, fuzz seeds
	@tools/setup all
	@$(MAKE) --no-print-directory asan clang tsan tidy
	@ATALAYA_BIN=$(BUILD)/asan/atalaya RUN_AS=asan tools/run-tests box
	@tools/run-tests crash fuzz

check-bare: ## the README's commands in bare Debian 12 and 13 roots (as root)
	@tools/check-bare

# A plain `make` on a fresh clone sets up first.
$(DEPS)/recipe:
	@tools/setup run

$(BUILD)/obj/%.o: firmware/%.c | $(DEPS)/recipe
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<
$(BUILD)/obj/app/doors/demo_day.o: firmware/app/doors/demo_day.jsonl
$(BUILD)/obj/core/policy/policy_text.o: $(wildcard firmware/core/policy/*.json)

# libcore.a: the objects of firmware/core, in all its rooms.
any = %
$(BUILD)/lib%.a: $$(filter $(BUILD)/obj/$$*/$$(any),$(OBJECTS))
	@mkdir -p $(@D) && rm -f $@
	@ar rcs $@ $^

# The pages, bundled by web/ and embedded.
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)
build/pages.stamp: $(WEB_SOURCES) | $(DEPS)/recipe
	@mkdir -p build
	@cd web && node build.mjs
	@touch $@
$(BUILD)/pages.c: build/pages.stamp tools/embed
	@mkdir -p $(@D)
	@tools/embed web/dist >$@
$(BUILD)/pages.o: $(BUILD)/pages.c
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<
pages: $(BUILD)/pages.o ## the pages alone

$(BUILD)/atalaya: $(BUILD)/obj/main.o $(UNDER_cli) $(DEPS)/recipe
	@$(LINK)

# For editors: how each source is compiled.
$(BUILD)/compile_commands.json: $(SOURCES) Makefile
	@for f in $(SOURCES); do \
		printf '{"directory":"%s","file":"%s","command":"%s"},\n' '$(CURDIR)' $$f '$(CC) $(CPPFLAGS) $(CFLAGS) -c '$$f; \
	done | sed '1s/^/[/; $$s/,$$/]/' >$@

$(BUILD)/unit/%.o: tests/unit/%.c | $(DEPS)/recipe
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) -c -o $@ $<
# core/rules/test_gates links what stands under core, and core's bench.
floor_of = $(firstword $(subst /, ,$(1)))
$(UNIT_TESTS): $(BUILD)/unit/%: $(BUILD)/unit/%.o $$(sort $(BENCH) $$(BENCH_$$(call floor_of,$$*))) $$(UNDER_$$(call floor_of,$$*))
	@$(LINK) -lcmocka $(WRAP_$(@F))

units: $(UNIT_TESTS) ## the unit tests
	@tools/run-units $(BUILD) $(UNIT_TESTS)

# Steps of random life under a sanitizer; a million without.
SLOW_STEPS = 300000
asan: ## program and unit tests under address and undefined-behaviour sanitizers
	@ASAN_OPTIONS=detect_leaks=1 ATALAYA_SIM_STEPS=$(SLOW_STEPS) $(MAKE) --no-print-directory BUILD=$(BUILD)/asan \
		MODE_FLAGS='-O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined' all units
tsan: ## program and unit tests under the thread sanitizer
	@ATALAYA_SIM_STEPS=$(SLOW_STEPS) $(MAKE) --no-print-directory BUILD=$(BUILD)/tsan MODE_FLAGS='-O1 -fsanitize=thread' all units
clang: ## everything compiled by clang
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/clang CC=clang all $(UNIT_TESTS:$(BUILD)/%=$(BUILD)/clang/%)

floors: ## who may include and call whom
	@tools/check-floors
metrics: all ## lengths, circles, rooms, contracts, each beside its bound
	@tools/metrics
tidy: ## clang-tidy
	@tools/tidy $(SOURCES)
format: ## clang-format, in place
	@clang-format-19 -i $(FORMATTED)
format-check: ## clang-format, told
	@clang-format-19 --dry-run --Werror $(FORMATTED)

$(BUILD)/bench/atalaya: $(BUILD)/obj/main.o $(UNDER_cli)
	@mkdir -p $(@D)
	@$(LINK) -Wl,-Map=$(@D)/atalaya.map
bench: all $(BUILD)/bench/atalaya ## what it costs, beside its floors (nine minutes)
	@tools/run-bench $(BUILD)
$(BUILD)/bench/hours: tests/bench/hours.c $(UNDER_core)
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(UNDER_core) $(LIBS)
bench-hours: $(BUILD)/bench/hours ## what a deadline costs
	@$<

# The fuzz targets, each linked with core and calendar.
FUZZERS = $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/fuzz_%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h $(UNDER_calendar)
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $< $(UNDER_calendar) $(LIBS)
fuzzers: $(FUZZERS)
fuzz: ## the fuzz targets, as build/fuzz/fuzz_*
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang \
		MODE_FLAGS='-O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' fuzzers
fuzz-long: ## ten minutes of each fuzz target (FUZZ_SECONDS), with its inputs a second
	@tools/setup all
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-600} tools/run-tests fuzz && grep 'inputs a second' $(BUILD)/results/fuzz.tap

coverage: | $(DEPS)/recipe ## how much of core its own unit tests run
	@tools/coverage $(BUILD)/coverage
sbom: setup ## what is inside the program
	@tools/sbom $(DEPS) >$(BUILD)/sbom.json
clean: ## remove what was built
	rm -rf build web/dist

-include $(shell find $(BUILD)/obj $(BUILD)/unit -name '*.d' 2>/dev/null)
