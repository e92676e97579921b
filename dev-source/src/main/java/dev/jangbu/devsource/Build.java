package dev.jangbu.devsource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote into the jar. */
final class Build {
    private Build() {}

    static String mariaDbVersion() {
        return property("mariadb.version");
    }

    static String version() {
        return property("version");
    }

    private static String property(String name) {
        Properties properties = new Properties();
        try (InputStream file = Build.class.getResourceAsStream("/dev-source.properties")) {
            properties.load(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return properties.getProperty(name);
    }
}
