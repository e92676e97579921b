package dev.jangbu.testkit;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands a test a {@link TestDatabase} of its own, fresh and migrated, dropped after it. {@link Unmigrated} ones are empty. */
public final class PostgresExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public TestDatabase resolveParameter(ParameterContext parameter, ExtensionContext test) {
        try {
            TestDatabase database = database(parameter);
            test.getStore(NAMESPACE).put(database.url(), (AutoCloseable)
                    () -> TestServer.shared().drop(database));
            return database;
        } catch (SQLException failure) {
            throw new IllegalStateException("no database for " + test.getDisplayName(), failure);
        }
    }

    private static TestDatabase database(ParameterContext parameter) throws SQLException {
        if (parameter.isAnnotated(Unmigrated.class)) {
            return TestServer.shared().emptyDatabase();
        }
        Characters characters = parameter.findAnnotation(Characters.class).orElse(null);
        return characters == null
                ? TestServer.shared().migratedDatabase()
                : TestServer.shared().migratedDatabase(characters.value());
    }
}
