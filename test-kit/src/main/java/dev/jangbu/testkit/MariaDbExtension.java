package dev.jangbu.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands a test a {@link TestMariaDb} of its own, empty, dropped after it. */
public final class MariaDbExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(MariaDbExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == TestMariaDb.class;
    }

    @Override
    public TestMariaDb resolveParameter(ParameterContext parameter, ExtensionContext test) {
        MariaDbTestServer server = MariaDbTestServer.shared();
        TestMariaDb database = server.create();
        test.getStore(NAMESPACE).put(database.database(), (AutoCloseable) () -> server.drop(database));
        return database;
    }
}
