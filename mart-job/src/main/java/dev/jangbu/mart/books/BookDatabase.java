package dev.jangbu.mart.books;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.time.BusinessCalendar;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** A short look into the database, all of it at one instant: no lock, no row, nothing changed. */
public record BookDatabase(Map<String, String> environment, RunOptions options) {
    public BookDatabase {
        environment = Map.copyOf(environment);
    }

    /** Reads in one snapshot of one connection, which is closed after. */
    public <T> T read(Function<Handle, T> reading) {
        Database database = new Database(
                DatabaseSettings.from(environment, options.workspace()),
                BusinessCalendar.from(environment),
                "jangbu-books");
        try (Handle handle = Jdbi.create(database::connect).open()) {
            SchemaVersion.require(handle.getConnection());
            return handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, reading::apply);
        }
    }
}
