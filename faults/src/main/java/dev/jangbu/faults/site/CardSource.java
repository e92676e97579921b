package dev.jangbu.faults.site;

import java.io.IOException;
import java.io.Reader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * A MariaDB of the torture's own with the table {@code platform_sales}, as it stood at two moments: what is there is the
 * first or the second, the same rows whenever it is shown. It ends with the installation.
 */
public final class CardSource {
    private static final String FIRST = "sales_1";
    private static final String SECOND = "sales_2";

    private final Properties connection;
    private int shown;

    private CardSource(Properties connection) {
        this.connection = connection;
    }

    /** Starts it, where it does not run, with an empty database; MariaDB's programs are unpacked once, for other tortures too. */
    public static CardSource start(Site site) throws IOException, InterruptedException {
        Path folder = site.root().resolve("source");
        Path unpacked = Objects.requireNonNull(site.root().getParent()).resolve("mariadb");
        site.must(List.of("dev-source", "start", "--workspace", folder.toString(), "--programs", unpacked.toString()));
        Path home = folder.resolve("mariadb");
        long process = Long.parseLong(Files.readString(home.resolve("process")).strip());
        site.adopt(ProcessHandle.of(process).orElseThrow());
        Properties connection = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("connection.properties"))) {
            connection.load(file);
        }
        return new CardSource(connection);
    }

    /**
     * Makes the sales of both moments.
     *
     * @param wanted of the generator
     * @param firstEnd when the first moment was, Seoul's time: what was made after is not in it, what was changed after is as
     *     it was before
     * @param rawBytes so long is the terminal's message of each sale; 0 for as it was made
     */
    public void fill(Site site, List<String> wanted, String firstEnd, int rawBytes)
            throws IOException, InterruptedException, SQLException {
        List<String> command = new ArrayList<>(List.of("sandbox", "card-sales"));
        command.addAll(wanted);
        command.addAll(List.of(
                "--planted", site.newFolder("planted").resolve("planted.jsonl").toString()));
        command.addAll(List.of("--url", url(), "--user", value("owner")));
        command.addAll(List.of("--password-file", value("owner_password_file")));
        site.must(command);
        execute("RENAME TABLE platform_sales TO " + SECOND, "CREATE TABLE " + FIRST + " LIKE " + SECOND);
        if (rawBytes > 0) {
            execute("UPDATE " + SECOND + " SET raw_data = REPEAT('x', " + rawBytes + ")");
        }
        execute(
                "INSERT INTO " + FIRST + " SELECT * FROM " + SECOND + " WHERE created <= '" + firstEnd + "'",
                "UPDATE " + FIRST + " SET modified = created, is_canceled = 0, detail_status = 'APPROVED'"
                        + " WHERE modified > '" + firstEnd + "'");
    }

    /** @param moment 1 or 2 */
    public void show(int moment) throws SQLException {
        if (moment == shown) {
            return;
        }
        String wanted = moment == 1 ? FIRST : SECOND;
        String back = shown == 0 ? "" : "platform_sales TO " + (shown == 1 ? FIRST : SECOND) + ", ";
        execute("RENAME TABLE " + back + wanted + " TO platform_sales");
        shown = moment;
    }

    /** As an account has it; the reader's. */
    public String address() {
        String authority =
                URLEncoder.encode(value("ca"), StandardCharsets.UTF_8).replace("%2F", "/");
        return "mysql://" + value("reader") + "@" + place() + "?ca=" + authority;
    }

    public Path readerPasswordFile() {
        return Path.of(value("reader_password_file"));
    }

    private void execute(String... statements) throws SQLException {
        try (Connection session = connect();
                Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Connection connect() throws SQLException {
        try {
            String password =
                    Files.readString(Path.of(value("owner_password_file"))).strip();
            return DriverManager.getConnection(url(), value("owner"), password);
        } catch (IOException failure) {
            throw new SQLException("cannot read the owner's password", failure);
        }
    }

    private String url() {
        return "jdbc:mariadb://" + place() + "?sslMode=verify-full&serverSslCert=" + value("ca");
    }

    private String place() {
        return value("host") + ":" + value("port") + "/" + value("database");
    }

    private String value(String name) {
        return Objects.requireNonNull(connection.getProperty(name), name);
    }
}
