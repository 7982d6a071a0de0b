# The verbs of docs/ecommerce-example.md: each calls dbctl, cmake or ctest. `make help` lists them.
PRESET ?= release
BUILD := build/$(PRESET)
DBCTL := $(BUILD)/bin/dbctl
SHELL := /bin/bash
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# A variable of the command line as one word of the shell; a flag with it, where it has a value. The environment's
# variables of the same name are someone else's.
given = $(if $(filter command,$(origin $(1))),$($(1)))
quoted = '$(subst ','\'',$(1))'
word-of = $(call quoted,$(call given,$(1)))
flag = $(if $(call given,$(2)),$(1) $(call word-of,$(2)))

.PHONY: help build make-model make-seeder make-migration add-column drop-column add-index migrate migrate-status \
  migrate-rollback migrate-fresh db-seed db-seed-specific db-seed-list db-create db-drop db-info dev test test-integration test-performance

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: $(DBCTL) ## dbctl, drivers and domains; all other targets do it by themselves
	@log=$$(cmake --build $(BUILD) --target dbctl_programs -- --quiet 2>&1) || { echo "$$log"; exit 2; }
$(DBCTL):
	@cmake --preset $(PRESET) && cmake --build $(BUILD) --target dbctl_programs

make-model: build ## NAME=Product TABLE=products FIELDS="name:string,price:decimal" [KEY=uuid|int|dual]
	@$(DBCTL) make model $(call word-of,NAME) $(call flag,--table,TABLE) $(call flag,--fields,FIELDS) $(call flag,--key,KEY) $(call flag,--domain,DOMAIN)
make-seeder: build ## NAME=ProductSeeder TABLE=products [DEPS="CategorySeeder"] [DATA=products.json]
	@$(DBCTL) make seeder $(call word-of,NAME) $(call flag,--table,TABLE) $(call flag,--deps,DEPS) $(call flag,--data,DATA) $(call flag,--domain,DOMAIN)
make-migration: build ## NAME=add_phone_to_users [FIELDS="phone:string|nullable"] [TABLE=users]
	@$(DBCTL) make migration $(call word-of,NAME) $(call flag,--table,TABLE) $(call flag,--fields,FIELDS) $(call flag,--domain,DOMAIN)
add-column: build ## TABLE=users COLUMN=phone TYPE="string(32)|nullable"
	@$(DBCTL) make migration $(call quoted,add_$(COLUMN)_to_$(TABLE)) --table $(call word-of,TABLE) --fields $(call quoted,$(COLUMN):$(TYPE)) $(call flag,--domain,DOMAIN)
drop-column: build ## TABLE=users COLUMN=phone
	@$(DBCTL) make migration $(call quoted,drop_$(COLUMN)_from_$(TABLE)) --table $(call word-of,TABLE) $(call flag,--domain,DOMAIN)
add-index: build ## TABLE=orders COLUMNS=status_created_at
	@$(DBCTL) make migration $(call quoted,add_index_to_$(TABLE)_on_$(COLUMNS)) --table $(call word-of,TABLE) $(call flag,--domain,DOMAIN)

migrate: build ## apply what is pending
	@$(DBCTL) migrate
migrate-status: build ## every migration and its state
	@$(DBCTL) status
migrate-rollback: build ## [COUNT=1] revert the newest
	@$(DBCTL) rollback --steps $(call quoted,$(or $(call given,COUNT),1))
migrate-fresh: build ## empty the database of what dbctl manages, then migrate
	@$(DBCTL) fresh
db-seed: build ## run all seeders
	@$(DBCTL) seed
db-seed-specific: build ## NAME=CategorySeeder: that one, with what it depends on
	@$(DBCTL) seed --only $(call word-of,NAME)
db-seed-list: build ## the seeders in their order
	@$(DBCTL) seed --list
db-create: build ## make the database
	@$(DBCTL) create
db-drop: build ## drop the database
	@$(DBCTL) drop
dev: build ## watch the sources; build, apply and seed what is saved; Ctrl-C ends it
	@$(DBCTL) dev
db-info: build ## connection, TLS, rights and settings
	@$(DBCTL) doctor

# On a database that is made for the tests and dropped, beside the one that DB_DRIVER and its like name.
define run-tests
	@cmake --build $(BUILD) --target dbctl_programs dbctl_domain_tests -- --quiet
	@ctest --test-dir $(BUILD) -L '$(1)' --output-on-failure --no-tests=error
endef
test: $(DBCTL) ## the domain's tests; DB_DRIVER=mysql DB_MYSQL_HOST=… make test: on that server
	$(call run-tests,^domain$$)
test-integration: $(DBCTL) ## the same, and those that try what the database itself enforces
	$(call run-tests,^(domain|integration)$$)
test-performance: build ## start-up, no-op, building, applying and seeding, as ratios to the raw client
	@python3 tests/bench/bench.py --build $(BUILD)
