# Atalaya.  `make run` and `make check` do everything a fresh Debian needs.
BUILD ?= build
DEPS ?= build/deps
CC = gcc
MODE_FLAGS ?= -O2 -D_FORTIFY_SOURCE=2
WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes -Werror
CFLAGS = -std=c11 -g $(WARNINGS) $(MODE_FLAGS) -fPIE -fstack-protector-strong -ffunction-sections -fdata-sections -pthread
CPPFLAGS = -D_GNU_SOURCE -Ifirmware -isystem $(DEPS)/include -MMD -MP
LDFLAGS = -pie -pthread -Wl,-z,relro,-z,now -Wl,--gc-sections $(MODE_FLAGS)

FLOORS = base core calendar store net serve app cli
LIBS_base = $(DEPS)/lib/libmbedcrypto.a $(DEPS)/lib/libcjson.a -lm
LIBS_core = $(LIBS_base) -l:libutf8proc.a -l:libstemmer.a -lm
LIBS_calendar = -lical $(LIBS_core)
LIBS_store = $(DEPS)/lib/liblmdb.a $(LIBS_core)
LIBS_net = $(DEPS)/lib/libcurl.a $(LIBS_tls) $(LIBS_core)
LIBS_tls = $(DEPS)/lib/libmbedtls.a $(DEPS)/lib/libmbedx509.a $(DEPS)/lib/libmbedcrypto.a
LIBS_serve = $(DEPS)/lib/libwebsockets.a $(LIBS_tls) $(LIBS_core)
LIBS_app = $(DEPS)/lib/libwebsockets.a $(DEPS)/lib/libcurl.a $(LIBS_tls) $(DEPS)/lib/liblmdb.a $(LIBS_core) \
	-l:libargon2.a -lical
LIBS_cli = $(LIBS_app)

WRAP_test_policy = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
WRAP_test_store = -Wl,--wrap=pwrite,--wrap=writev,--wrap=fdatasync

# Archives that a floor's tests link, lowest last.
UNDER_base = $(BUILD)/libbase.a
UNDER_core = $(BUILD)/libcore.a $(UNDER_base)
UNDER_calendar = $(BUILD)/libcalendar.a $(UNDER_core)
UNDER_store = $(BUILD)/libstore.a $(UNDER_core)
UNDER_net = $(BUILD)/libnet.a $(UNDER_core)
UNDER_serve = $(BUILD)/libserve.a $(UNDER_core)
UNDER_app = $(BUILD)/libapp.a $(BUILD)/libserve.a $(BUILD)/libnet.a $(BUILD)/libcalendar.a $(UNDER_store)
UNDER_cli = $(BUILD)/libcli.a $(UNDER_app)

# And what else they link; of core, what its tests share.
EXTRA_app = $(BUILD)/pages.o
EXTRA_serve = $(BUILD)/pages.o
EXTRA_core = $(filter-out tests/unit/bench/ram_tables.c,$(wildcard tests/unit/bench/*.c))

SOURCES = $(shell find firmware/*/ -name '*.c' | LC_ALL=C sort)
objects = $(patsubst firmware/%.c,$(BUILD)/obj/%.o,$(filter firmware/$(1)/%,$(SOURCES)))
UNIT_TESTS = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(shell find tests/unit -name 'test_*.c' | LC_ALL=C sort))
FORMATTED = $(shell find firmware tests -name node_modules -prune -o \( -name '*.c' -o -name '*.h' \) -print | grep -v _table)

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all setup run check check-all units asan tsan clang tidy format format-check floors bench bench-hours coverage sbom clean pages

all: $(BUILD)/atalaya

setup:
	@tools/setup

run: setup
	@$(MAKE) --no-print-directory all
	$(BUILD)/atalaya serve --demo

check: setup
	@$(MAKE) --no-print-directory floors format-check all units
	@tools/run-tests box page

check-all: setup
	@$(MAKE) --no-print-directory asan clang tsan tidy
	@ATALAYA_BIN=$(BUILD)/asan/atalaya RUN_AS=asan tools/run-tests box
	@tools/run-tests crash fuzz

define floor
$(BUILD)/lib$(1).a: $(call objects,$(1))
	@mkdir -p $$(@D) && rm -f $$@
	@ar rcs $$@ $$^
lib$(1): $(BUILD)/lib$(1).a
.PHONY: lib$(1)
$(BUILD)/unit/$(1)/%: tests/unit/$(1)/%.c tests/unit/bench/ram_tables.c $$(UNDER_$(1)) $(EXTRA_$(1))
	@mkdir -p $$(@D)
	@$$(CC) $$(CPPFLAGS) -Itests/unit $$(CFLAGS) $$(LDFLAGS) $$(WRAP_$$(*F)) -o $$@ $$< tests/unit/bench/ram_tables.c $$(EXTRA_$(1)) $$(UNDER_$(1)) -lcmocka $$(LIBS_$(1)) $$(LIBS_$(1))
endef
$(foreach f,$(FLOORS),$(eval $(call floor,$(f))))

# A plain `make` on a fresh clone sets up first.
$(DEPS)/recipe:
	@tools/setup

$(BUILD)/obj/%.o: firmware/%.c | $(DEPS)/recipe
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/obj/app/doors/demo_day.o: firmware/app/doors/demo_day.jsonl
$(BUILD)/obj/core/policy/policy_text.o: $(wildcard firmware/core/policy/*.json)

# The pages, bundled by web/ and embedded.
WEB_SOURCES = $(shell find web -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)
build/pages.stamp: $(WEB_SOURCES) | $(DEPS)/recipe
	@mkdir -p build
	cd web && npm run --silent build
	@touch $@
$(BUILD)/pages.c: build/pages.stamp tools/embed
	@mkdir -p $(@D)
	tools/embed web/dist >$@
$(BUILD)/pages.o: $(BUILD)/pages.c
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<
pages: $(BUILD)/pages.o

$(BUILD)/atalaya: $(BUILD)/obj/main.o $(UNDER_cli) $(BUILD)/pages.o $(DEPS)/recipe
	@$(CC) $(LDFLAGS) -o $@ $(filter-out %/recipe,$^) $(LIBS_cli) $(LIBS_cli)

units: $(UNIT_TESTS)
	@tools/run-units $(BUILD) $(UNIT_TESTS)

# Steps of random life under a sanitizer; a million without.
SLOW_STEPS = 300000
asan:
	@ASAN_OPTIONS=detect_leaks=1 ATALAYA_SIM_STEPS=$(SLOW_STEPS) $(MAKE) --no-print-directory BUILD=$(BUILD)/asan \
		MODE_FLAGS='-O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined' all units
tsan:
	@ATALAYA_SIM_STEPS=$(SLOW_STEPS) $(MAKE) --no-print-directory BUILD=$(BUILD)/tsan MODE_FLAGS='-O1 -fsanitize=thread' all units
clang:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/clang CC=clang all $(UNIT_TESTS:$(BUILD)/%=$(BUILD)/clang/%)

floors:
	@tools/check-floors

tidy:
	@tools/tidy $(SOURCES) firmware/main.c

format:
	@clang-format-19 -i $(FORMATTED)
format-check:
	@clang-format-19 --dry-run --Werror $(FORMATTED)

bench: all
	@mkdir -p $(BUILD)/bench
	@$(CC) $(LDFLAGS) -Wl,-Map=$(BUILD)/bench/atalaya.map -o $(BUILD)/bench/atalaya $(BUILD)/obj/main.o $(UNDER_cli) $(BUILD)/pages.o $(LIBS_cli) $(LIBS_cli)
	@tools/run-bench $(BUILD)

# What a deadline costs.
bench-hours: libcore libbase
	@mkdir -p $(BUILD)/bench
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $(BUILD)/bench/hours tests/bench/hours.c $(UNDER_core) $(LIBS_core)
	@$(BUILD)/bench/hours

# How much of core its own unit tests run: lines and branches, a file.
coverage: | $(DEPS)/recipe
	@tools/coverage $(BUILD)/coverage

sbom: setup
	@tools/sbom $(DEPS) >$(BUILD)/sbom.json

clean:
	rm -rf build web/dist

-include $(shell find $(BUILD)/obj $(BUILD)/unit -name '*.d' 2>/dev/null)
