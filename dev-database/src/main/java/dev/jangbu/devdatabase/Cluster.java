package dev.jangbu.devdatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The data directory: made whole or not at all, with the database and the user {@value #NAME} in it. The superuser
 * {@code postgres} has no password and so cannot log in over the network.
 */
final class Cluster {
    /** The name of the database, and of the user that owns it. */
    static final String NAME = "jangbu";

    private static final String ACCESS = """
            # Written by dev-database: passwords only, this machine only.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    /**
     * Iterations make it slow to try passwords people think of; one of 24 random bytes is beyond trying. They would cost each
     * job a tenth of a second and more, at each of its connections anew.
     */
    private static final String ITERATIONS = "SET scram_iterations = 1";

    private final ServerFolder folder;
    private final Programs programs;
    private final ServerAccount account;

    Cluster(ServerFolder folder, Programs programs, ServerAccount account) {
        this.folder = folder;
        this.programs = programs;
        this.account = account;
    }

    void createIfMissing() {
        folder.unfinishedData().forEach(Storage::removeTreeIfStill);
        if (folder.hasData()) {
            requireSameVersion();
            return;
        }
        Path unfinished = folder.createUnfinishedData();
        try {
            account.own(unfinished);
            initialize(unfinished);
            Files.writeString(unfinished.resolve("pg_hba.conf"), ACCESS);
            String password = newPassword();
            administer(
                    unfinished,
                    ITERATIONS,
                    "CREATE ROLE " + NAME + " LOGIN CREATEROLE PASSWORD '" + password + "'",
                    "GRANT pg_monitor TO " + NAME,
                    // It may become the roles it makes, as the search does.
                    "ALTER ROLE " + NAME + " SET createrole_self_grant = 'set'",
                    "CREATE DATABASE " + NAME + " OWNER " + NAME);
            Storage.writePrivate(unfinished.resolve(folder.password().getFileName()), password);
            Files.move(unfinished, folder.data());
            Storage.syncFolder(folder.root());
        } catch (IOException failure) {
            throw Storage.refusal("cannot make", folder.data(), failure);
        }
    }

    /** The password of user {@value #NAME}; a new one where its file was lost. The server must not run. */
    void restorePassword() {
        if (Files.exists(folder.password())) {
            return;
        }
        String password = newPassword();
        administer(folder.data(), ITERATIONS, "ALTER ROLE " + NAME + " PASSWORD '" + password + "'");
        Storage.writePrivate(folder.password(), password);
    }

    private void requireSameVersion() {
        Path file = folder.data().resolve("PG_VERSION");
        try {
            String found = Files.readString(file).strip();
            if (!found.equals(Programs.majorVersion())) {
                throw new Refusal(folder.data() + ": made by PostgreSQL " + found + " (expected: "
                        + Programs.majorVersion() + "); move it away and run again to begin with an empty database");
            }
        } catch (IOException failure) {
            throw Storage.refusal("cannot read", file, failure);
        }
    }

    private void initialize(Path data) {
        require(
                "initdb",
                ProgramRun.of(
                        account.command(
                                programs.program("initdb"),
                                "--pgdata=" + data,
                                "--username=postgres",
                                "--auth=reject",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--text-search-config=simple",
                                "--no-instructions"),
                        folder.root(),
                        ""));
    }

    /** Runs statements without a server, in PostgreSQL's single-user mode. */
    private void administer(Path data, String... statements) {
        ProgramRun run = ProgramRun.of(
                account.command(programs.program("postgres"), "--single", "-D", data.toString(), "postgres"),
                folder.root(),
                String.join("\n", statements) + "\n");
        require("postgres --single", run);
        if (run.output().contains("ERROR:") || run.output().contains("FATAL:")) {
            throw new Refusal("postgres --single refused: " + run.reason());
        }
    }

    private void require(String program, ProgramRun run) {
        if (!run.isDone()) {
            throw new Refusal(program + " ended with exit code " + run.exitCode() + ": " + run.reason() + " (in "
                    + folder.root() + ")");
        }
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
