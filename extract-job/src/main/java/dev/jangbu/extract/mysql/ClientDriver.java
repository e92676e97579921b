package dev.jangbu.extract.mysql;

import dev.jangbu.extract.account.DatabaseAddress;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The client libraries a database may be asked with. MariaDB's is packaged. MySQL's is under the GPL and is not: it is
 * loaded, apart from everything else, from a folder the operator names. Both are told to check the server's certificate, to
 * hand the server no file of this machine, and to hand over rows as they come.
 */
enum ClientDriver {
    MARIADB(1_000) {
        @Override
        Connection connect(DatabaseAddress address, String password, Map<String, String> environment)
                throws SQLException {
            Properties settings = settings(address, password);
            settings.setProperty("allowLocalInfile", "false");
            settings.setProperty("sslMode", address.isEncrypted() ? "verify-full" : "disable");
            Path authority = address.authority();
            if (authority != null) {
                settings.setProperty(
                        "serverSslCert",
                        TrustFile.requireCertificates(authority).toString());
            }
            return connected(new org.mariadb.jdbc.Driver(), "jdbc:mariadb:", address, settings);
        }
    },
    MYSQL(Integer.MIN_VALUE) {
        @Override
        Connection connect(DatabaseAddress address, String password, Map<String, String> environment)
                throws SQLException {
            Properties settings = settings(address, password);
            settings.setProperty("allowLoadLocalInfile", "false");
            settings.setProperty("tinyInt1isBit", "false");
            // As the other library has it by itself, whatever the columns are stored in.
            settings.setProperty("characterSetResults", "UTF-8");
            settings.setProperty("sslMode", address.isEncrypted() ? "VERIFY_IDENTITY" : "DISABLED");
            Path authority = address.authority();
            if (authority == null) {
                return connected(loaded(environment), "jdbc:mysql:", address, settings);
            }
            try (TrustFile trust = TrustFile.of(authority)) {
                settings.setProperty("trustCertificateKeyStoreType", TrustFile.TYPE);
                settings.setProperty("trustCertificateKeyStoreUrl", trust.url());
                settings.setProperty("trustCertificateKeyStorePassword", TrustFile.PASSWORD);
                settings.setProperty("fallbackToSystemTrustStore", "false");
                return connected(loaded(environment), "jdbc:mysql:", address, settings);
            }
        }
    };

    /** The folder of drivers that are not packaged. */
    static final String SETTING = "JANGBU_JDBC_DRIVERS";

    private static final String CONNECT_MILLIS = "10000";

    /** A server that hangs is given up after so long without a byte. */
    private static final String SOCKET_MILLIS = "120000";

    private final int fetchSize;

    ClientDriver(int fetchSize) {
        this.fetchSize = fetchSize;
    }

    static ClientDriver of(DatabaseAddress address) {
        return valueOf(address.driver().toUpperCase(Locale.ROOT));
    }

    /** With which the library hands over rows as they come, in place of holding a page of them. */
    int fetchSize() {
        return fetchSize;
    }

    abstract Connection connect(DatabaseAddress address, String password, Map<String, String> environment)
            throws SQLException;

    private static Properties settings(DatabaseAddress address, String password) {
        Properties settings = new Properties();
        settings.setProperty("user", address.user());
        settings.setProperty("password", password);
        settings.setProperty("connectTimeout", CONNECT_MILLIS);
        settings.setProperty("socketTimeout", SOCKET_MILLIS);
        settings.setProperty("tcpKeepAlive", "true");
        return settings;
    }

    private static Connection connected(Driver driver, String scheme, DatabaseAddress address, Properties settings)
            throws SQLException {
        String url = scheme + "//" + address.host() + ":" + address.port() + "/" + address.database();
        Connection connection = driver.connect(url, settings);
        if (connection == null) {
            throw new SQLException("the driver does not know the address");
        }
        return connection;
    }

    private static Driver loaded(Map<String, String> environment) {
        String folder = environment.getOrDefault(SETTING, "");
        if (folder.isEmpty()) {
            throw missing("not set");
        }
        // Open for as long as the process lives: the driver's classes are in use.
        URLClassLoader loader = new URLClassLoader(libraries(Path.of(folder)), ClassLoader.getPlatformClassLoader());
        return ServiceLoader.load(Driver.class, loader).stream()
                .filter(driver -> driver.type().getName().startsWith("com.mysql."))
                .findFirst()
                .map(ServiceLoader.Provider::get)
                .orElseThrow(() -> missing(folder));
    }

    private static URL[] libraries(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> libraries =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            URL[] urls = new URL[libraries.size()];
            for (int library = 0; library < urls.length; library++) {
                urls[library] = libraries.get(library).toUri().toURL();
            }
            return urls;
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException unreadable) {
            throw missing(folder.toString());
        }
    }

    private static JobFailure missing(String given) {
        return new JobFailure(
                ExitCode.USAGE,
                SETTING + ": " + given + " (expected with driver=mysql: a folder with the jar of MySQL Connector/J)");
    }
}
