package dev.jangbu.faults.site;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** The PostgreSQL under the scratch database. */
public sealed interface Server permits OwnServer, GivenServer {
    /** jdbc URL of the scratch database, without user or password. */
    String url();

    String user();

    String password();

    /** Whether it may be stopped and crashed: nobody else uses it. */
    boolean isOwn();

    /** The folder of its data; empty where it is not this torture's own. */
    Optional<Path> data();

    /** Runs statements that only a superuser may. */
    void administer(String... statements) throws IOException, InterruptedException, SQLException;

    /** Stops it {@code immediate}ly, as a crash would; returns when its process is gone. */
    void crash() throws IOException, InterruptedException;

    void start() throws IOException, InterruptedException;

    /** Leaves nothing of the torture behind. */
    void remove() throws IOException, InterruptedException, SQLException;
}
