# The way in. `make` alone lists the targets; variables go behind them: make run DS=2026-01-15 USERS=2000
#
#   DS=2026-01-15, or FROM=2026-01-01 TO=2026-01-31      the business dates (default: yesterday in Seoul)
#   USERS=500 SEED=7 DEFECTS=0                           the simulated shop
#   INPUT=file MAPPING=rees46 CONTRACT=name              real files in its place (SOURCE=files)
#   MAPPING=fix.yml REASON=value_range WHY="…" BY=name   what to replay, and for the record why and who
#   SUBJECT=U000123 REQUEST="letter 7"                   whom to erase, and for the record what was asked
#   WORKSPACE=data                                       where the jobs hand files over, and the database lives
#   JANGBU_HTTP_PORT=8080                                where the server's Airflow listens, on this machine only
#
# With JANGBU_DB_URL set (here, in the environment or in .env) all of it runs on that database.
.DEFAULT_GOAL := help
SHELL := bash
ifneq ($(WORKSPACE),)
export JANGBU_WORKSPACE := $(WORKSPACE)
endif
MAVEN := mvn -B -Dstyle.color=never
VENV := .venv/bin

.PHONY: help
help:
	@echo "make TARGET [DS=2026-01-15] [USERS=500] …   (the head of the Makefile names all variables)"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' Makefile

##### A day

.PHONY: run extract validate load marts report dashboard replay
run: ## build, start the database, and run the day from its source to the dashboard
	@bin/run-day

extract: ## bring the day's events into the landing
	@bin/run-day extract

validate: ## run the seven checks; write clean files, rejects and the quality report
	@bin/run-day validate

load: ## load the day's clean files into raw_events
	@bin/run-day load

marts: ## build the four marts of the day, side by side
	@bin/run-day marts

report: ## print what became of the day
	@bin/run-day report

dashboard: ## write the dashboard, one HTML page
	@bin/run-day dashboard

replay: ## correct rejected lines by MAPPING=fix.yml, and do the rest of the day again (WHY=…)
	@bin/run-day replay load marts report

.PHONY: spark lake spark-sql bench-spark spark-jar
spark: migrate spark-jar ## aggregate checked days on Spark: funnel, hours, products, sessions (DS= or FROM= TO=, MASTER=local[*])
	@bin/job spark-job aggregate events $(if $(DS),--ds "$(DS)",--from "$(FROM)" --to "$(TO)") $(if $(MASTER),--master "$(MASTER)")

lake: migrate spark-jar ## put checked days into the lake, lake.events (DS= or FROM= TO=, MASTER=local[*])
	@bin/job spark-job lake put events $(if $(DS),--ds "$(DS)",--from "$(FROM)" --to "$(TO)") $(if $(MASTER),--master "$(MASTER)")

spark-sql: migrate spark-jar ## open a prompt for SQL over the lake; it only reads (MASTER=local[*])
	@bin/job spark-job sql $(if $(MASTER),--master "$(MASTER)")

bench-spark: migrate spark-jar .venv-spark/locked ## measure that against PySpark and DuckDB, and as days grow (MILLIONS="1 2 5" RUNS=3)
	@bin/bench-spark $(if $(MILLIONS),--millions $(MILLIONS)) $(if $(RUNS),--runs $(RUNS)) $(if $(MASTER),--master "$(MASTER)")

spark-jar: # apart from `build`: it holds all of Spark, and few days need it
	@[ -f spark-job/target/spark-job.jar ] \
		&& [ -z "$$(find pom.xml spark-job/pom.xml {spark-job,job-kit,transform-job,load-job,mart-job}/src/main -newer spark-job/target/spark-job.jar)" ] \
		|| bin/alone $(MAVEN) -q -DskipTests -DskipLint package -am -pl spark-job
	@bin/fast-start spark-job

.PHONY: erase retain
erase: migrate ## remove a person from every file and table and the lake, with a proof, and build the marts again (SUBJECT=U000123 REQUEST="…")
	@[ -n "$$SUBJECT" ] || { echo 'SUBJECT: none (expected: a user id, as in make erase SUBJECT=U000123)' >&2; exit 2; }
	@bin/jangbu erase --subject "$$SUBJECT" --request "$$REQUEST" $(if $(DRY),--dry-run)

retain: migrate ## remove what is older than retention.yml keeps it (AS_OF=2026-11-21 POLICY=file DRY=1 only looks)
	@bin/jangbu retain $(if $(AS_OF),--as-of "$(AS_OF)") $(if $(POLICY),--policy "$(POLICY)") $(if $(DRY),--dry-run)

.PHONY: jobs bench torture sweep sandbox
jobs: build ## show the runs of the last business dates; with DS=2026-01-15 every run of that date
	@bin/jangbu jobs $(if $(DS),show --ds "$$DS",list)

bench: migrate ## measure a million-event day against the yardsticks
	@bin/alone $(MAVEN) -q -DskipTests -DskipLint package -am -pl benchmark
	@bin/with-env java -jar benchmark/target/benchmark.jar

torture: ## disturb the jobs in every way known and compare the books (ROUNDS=20 MINUTES=60 FAULT=name USERS=2000 SEED=7 SHORT=1)
	@bin/alone $(MAVEN) -q -DskipTests -DskipLint package -am -pl faults
	@bin/build
	@bin/with-env java -jar faults/target/faults.jar $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(MINUTES),--minutes $(MINUTES)) \
		$(if $(FAULT),--fault $(FAULT)) $(if $(SEED),--seed $(SEED)) $(if $(FIRST),--first $(FIRST)) $(if $(SHORT),--short) \
		$(if $(USERS),--users $(USERS))

sweep: ## fail every call to every shop platform once by every kind (the tests take the kinds in turn)
	@bin/alone $(MAVEN) -q -DskipLint -Djacoco.skip -pl extract-job -am -Dtest=CallSweepTest -Dsurefire.failIfNoSpecifiedTests=false -Djangbu.sweep=all test

.PHONY: card-precision
card-precision: ## measure what the rules find of planted card sales (SEEDS=6-10 STORES=200 DAYS=60)
	@bin/alone $(MAVEN) -q -DskipLint -Djacoco.skip -pl mart-job -am -Dtest=CardPrecisionTest -Dsurefire.failIfNoSpecifiedTests=false \
		-Djangbu.precision=$(or $(SEEDS),6-10) -Djangbu.precision.stores=$(or $(STORES),200) -Djangbu.precision.days=$(or $(DAYS),60) test
	@cat mart-job/target/card-precision.md

sandbox: ## play the shop platforms at 127.0.0.1:9500 until stopped (PORT= SEED=7 SCENARIO=default NOW=2026-03-02T09:00:00+09:00)
	@bin/alone $(MAVEN) -q -DskipTests -DskipLint package -am -pl sandbox
	@exec java -jar sandbox/target/sandbox.jar --control $(if $(PORT),--port $(PORT)) $(if $(SEED),--seed $(SEED)) \
		$(if $(SCENARIO),--scenario $(SCENARIO)) $(if $(NOW),--now $(NOW))

.PHONY: search bench-search search-pictures
search: migrate ## answer searches over card sales at 127.0.0.1:8090 until stopped (PORT=8090)
	@exec bin/job search-api $(if $(PORT),--port $(PORT))

bench-search: ## measure the search at fifty requests a second over made-up sales (ROWS=1000000)
	@bin/alone $(MAVEN) -q -DskipLint -Djacoco.skip -pl search-api -am -Dtest=None -Dit.test=SearchBenchIT \
		-Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
		-Djangbu.bench.search=$(or $(ROWS),1000000) verify

search-pictures: ## take the pictures of the search's pages anew, into docs/img
	@bin/alone $(MAVEN) -q -DskipLint -Djacoco.skip -pl search-api -am -Dtest=None -Dit.test=SearchPageIT \
		-Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
		-Djangbu.pictures=$(CURDIR)/docs/img verify

.PHONY: sandbox-jar
sandbox-jar: # for the server's own sandbox, docker/sandbox.yml; nothing to do after `make test`
	@[ -f sandbox/target/sandbox.jar ] && [ -z "$$(find sandbox/pom.xml sandbox/src/main -newer sandbox/target/sandbox-*.jar)" ] \
		|| bin/alone $(MAVEN) -q -DskipTests -DskipLint package -am -pl sandbox

.PHONY: card-source-jars
card-source-jars: sandbox-jar # for the server's own acquirer, docker/card-source.yml; nothing to do after `make test`
	@[ -f dev-source/target/dev-source.jar ] && [ -z "$$(find dev-source/pom.xml dev-source/src/main -newer dev-source/target/dev-source.jar)" ] \
		|| bin/alone $(MAVEN) -q -DskipTests -DskipLint package -am -pl dev-source

.PHONY: demo-shops
demo-shops: build ## bring a made-up shop from all its platforms to the sales page (DAYS=30 SEED=7 INVOICES=folder of Online Retail)
	@bin/alone $(MAVEN) -q -DskipTests -DskipLint package -am -pl sandbox
	@bin/demo-shops $(if $(DAYS),--days $(DAYS)) $(if $(SEED),--seed $(SEED)) $(if $(INVOICES),--invoices "$(INVOICES)")

.PHONY: card-demo bench-card
card-demo: build ## bring made-up card sales to the search page (STORES=200 DAYS=60 SEED=7 SALES=1000000 PORT=8090)
	@bin/alone $(MAVEN) -q -DskipTests -DskipLint package -am -pl sandbox,dev-source,search-api
	@bin/card-demo $(if $(STORES),--stores $(STORES)) $(if $(DAYS),--days $(DAYS)) $(if $(SEED),--seed $(SEED)) \
		$(if $(SALES),--sales $(SALES)) $(if $(PORT),--port $(PORT))

bench-card: build ## measure card sales against their goals: rows a second, marts of a day, latency, memory (SALES=1000000 STORES=500 DAYS=60)
	@bin/alone $(MAVEN) -q -DskipTests -DskipLint package -am -pl sandbox,dev-source,search-api
	@bin/bench-card $(if $(SALES),--sales $(SALES)) $(if $(STORES),--stores $(STORES)) $(if $(DAYS),--days $(DAYS)) $(if $(SEED),--seed $(SEED))

.PHONY: nightly
nightly: build ## measure a night of many shops' accounts: time, memory, calls a second, books, truth (ACCOUNTS=100 DAYS=1 HISTORY=14 AT_ONCE=20 ORCHESTRATOR=airflow)
	@bin/alone $(MAVEN) -q -DskipTests -DskipLint package -am -pl sandbox
	@bin/nightly $(if $(ACCOUNTS),--accounts $(ACCOUNTS)) $(if $(DAYS),--days $(DAYS)) $(if $(HISTORY),--history $(HISTORY)) \
		$(if $(AT_ONCE),--at-once $(AT_ONCE)) $(if $(SEED),--seed $(SEED)) $(if $(ORCHESTRATOR),--orchestrator $(ORCHESTRATOR))

##### The database

.PHONY: database migrate psql down
database: build ## start the embedded PostgreSQL of the workspace
	@bin/job dev-database start

migrate: build ## bring the database's schema up to date
	@bin/with-env bash -c '[ -n "$$JANGBU_DB_URL" ] || bin/job dev-database start'
	@bin/job load-job migrate

psql: build ## open psql on the database, or say how to reach it
	@bin/psql

down: ## stop what runs here: the server's containers, the embedded databases, the search; the data stays
	@bin/down

##### Airflow

.PHONY: airflow
airflow: ## run Airflow at localhost:8080 with the same day as a DAG, jobs as local processes (PORT=8080)
	@bin/airflow

##### A server with Docker

.PHONY: setup images up trigger backfill
setup: ## make .env and secrets/ for the server, with fresh random values
	@bin/setup

images: build ## build the images of the jobs, the search and Airflow (JANGBU_SPARK=1: spark-job's too)
	@bin/images

up: setup images ## start PostgreSQL, Airflow, the jobs' proxy and the search as containers (JANGBU_HTTP_PORT=8080 JANGBU_SEARCH_PORT=8090)
	@bin/up

trigger: ## have the running Airflow do a day: make trigger DS=2026-01-15
	@bin/dag trigger "$(DS)"

backfill: ## have the running Airflow do a range: make backfill FROM=2026-01-01 TO=2026-01-31
	@bin/dag backfill "$(FROM)" "$(TO)"

##### The project

.PHONY: build test test-docker test-kubernetes lint fmt sbom clean
build: ## build the jars where something changed
	@bin/build

test: .venv/locked .venv-airflow/locked-test ## run every test that needs no Docker
	$(VENV)/pytest -q bin/tests
	.venv-airflow/bin/pytest -q dags/tests
	bin/alone $(MAVEN) -T 1C verify

test-docker: .venv-airflow/locked-test images card-source-jars ## test images, policy proxy and a whole server on a Docker engine (JANGBU_SPARK=1: spark-job's too)
	.venv-airflow/bin/pytest -q docker/policy-proxy/tests
	.venv-airflow/bin/pytest -q docker/tests

test-kubernetes: export JANGBU_SPARK = 1
test-kubernetes: .venv-airflow/locked-test .venv-spark/locked images ## test the DAG with pods, and Spark's, on a cluster of one node, which it builds (root, Docker, Go)
	kubernetes/cluster/build
	.venv-airflow/bin/pytest -q kubernetes/tests

.PHONY: test-spark
test-spark: .venv-spark/locked spark-job/target/yarn ## test the lake and days on an S3-compatible store, and Spark on a cluster of two workers, one of them killed, and on YARN
	bin/alone $(MAVEN) -pl spark-job -am -Dtest=None '-Dit.test=LakeJobIT,*OnS3IT,SparkClusterIT,YarnClusterIT' -Dspark.its.excluded=none \
		-Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Djacoco.skip verify

spark-job/target/yarn: spark-job/src/test/yarn/pom.xml
	bin/alone $(MAVEN) -q -f $< dependency:copy-dependencies
	@touch $@

lint: .venv/locked ## check format and style of Java, SQL and Python
	@bin/lint check

fmt: .venv/locked ## put Java, SQL and Python in the house format
	@bin/lint fix

sbom: build .venv/locked .venv-airflow/locked ## write a bill of materials for each artefact, and check the licences
	@bin/sbom

clean: ## remove what was built; the workspace stays
	bin/alone $(MAVEN) -q clean
	rm -rf .venv .venv-airflow .venv-spark .ruff_cache .pytest_cache

.venv/locked: requirements-lint.lock
	@bin/venv lint

.venv-spark/locked: requirements-spark.lock
	@bin/venv spark

.venv-airflow/locked: requirements-airflow.lock
	@bin/venv airflow

.venv-airflow/locked-test: requirements-airflow-test.lock
	@bin/venv airflow-test
