package dev.jangbu.devsource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The MariaDB of one folder, reachable by TLS only, and from this machine only unless told otherwise. It runs by itself, detached from the process
 * that started it. Starting a running one and stopping a stopped one do nothing; a killed one is recovered by the next start.
 *
 * <pre>
 * data/                      its tables
 * tls/ca.pem                 whom to trust
 * administrator.password     of user administrator (mode 600), as are the database users' beside it
 * port                       kept from start to start while it is free
 * server.log                 what the server says
 * </pre>
 */
public final class MariaDbServer {
    public static final String HOST = "127.0.0.1";

    private static final String ADMINISTRATOR = "administrator";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PORTS_TRIED = 5;

    /** This build works out AES without the processor's instructions for it; ChaCha20 takes it a quarter of the time. */
    private static final String CIPHERS =
            "TLS13-CHACHA20-POLY1305-SHA256:TLS13-AES128-GCM-SHA256:TLS13-AES256-GCM-SHA384";

    private final Path folder;
    private final Programs programs;
    private final Size size;
    private final Reach reach;
    private final Certificates certificates;

    private MariaDbServer(Path folder, Programs programs, Size size, Reach reach) {
        this.folder = folder.toAbsolutePath().normalize();
        this.programs = programs;
        this.size = size;
        this.reach = reach;
        this.certificates = new Certificates(this.folder.resolve("tls"), reach.names());
    }

    /**
     * @param folder what is the server's own; made when it starts
     * @param programs where MariaDB is unpacked, 320 MB; servers may share it
     */
    public static MariaDbServer in(Path folder, Path programs, Size size) {
        return in(folder, programs, size, Reach.LOOPBACK);
    }

    /** The same, reachable by others. */
    public static MariaDbServer in(Path folder, Path programs, Size size, Reach reach) {
        return new MariaDbServer(folder, Programs.in(programs), size, reach);
    }

    /** The version of MariaDB. */
    public static String version() {
        return Build.mariaDbVersion();
    }

    /**
     * Starts it and waits until it answers.
     *
     * @throws Refusal when it cannot be started
     */
    public void start() {
        Storage.createFolder(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Objects.requireNonNull(lock);
            if (process().isEmpty()) {
                prepare();
                launch();
            }
        } catch (IOException failure) {
            throw Storage.refusal("cannot start MariaDB in", folder, failure);
        }
    }

    /** Ends it in order. @return whether there was one to end */
    public boolean stop() {
        Optional<ProcessHandle> process = process();
        process.ifPresent(running -> {
            running.destroy();
            running.onExit().join();
        });
        return process.isPresent();
    }

    /** Ends it as a power cut of its process would. @return whether there was one to end */
    public boolean kill() {
        Optional<ProcessHandle> process = process();
        process.ifPresent(running -> {
            running.destroyForcibly();
            running.onExit().join();
        });
        return process.isPresent();
    }

    /** The number of its process while it runs. */
    public Optional<Long> processId() {
        return process().map(ProcessHandle::pid);
    }

    /** @throws Refusal when it was never started */
    public int port() {
        return Integer.parseInt(Storage.read(folder.resolve("port")));
    }

    /** The certificate of the authority to trust, PEM. */
    public Path authority() {
        return certificates.authority();
    }

    /** As the administrator; every row of every database. */
    public Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", ADMINISTRATOR);
        login.setProperty("password", Storage.read(administratorPassword()));
        login.setProperty("sslMode", "verify-full");
        login.setProperty("serverSslCert", authority().toString());
        login.setProperty("connectTimeout", "5000");
        return DriverManager.getConnection("jdbc:mariadb://" + HOST + ":" + port() + "/", login);
    }

    /** Makes an empty database and its users where they are missing; the passwords stay as they are. */
    public SourceDatabase createDatabase(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Refusal("database: " + name + " (expected: " + NAME + ")");
        }
        SourceDatabase database = new SourceDatabase(
                name,
                name + "_reader",
                folder.resolve(name + "_reader.password"),
                name + "_owner",
                folder.resolve(name + "_owner.password"));
        execute(
                "CREATE DATABASE IF NOT EXISTS " + name,
                user(database.reader(), passwordIn(database.readerPasswordFile())),
                user(database.owner(), passwordIn(database.ownerPasswordFile())),
                "GRANT SELECT ON " + name + ".* TO " + database.reader(),
                "GRANT ALL PRIVILEGES ON " + name + ".* TO " + database.owner());
        return database;
    }

    public void dropDatabase(SourceDatabase database) {
        execute(
                "DROP DATABASE IF EXISTS " + database.name(),
                "DROP USER IF EXISTS " + database.reader(),
                "DROP USER IF EXISTS " + database.owner());
    }

    /** Runs statements as the administrator. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new Refusal("MariaDB refused: " + failure.getMessage(), failure);
        }
    }

    private void prepare() throws IOException {
        programs.unpack();
        CompletableFuture<Void> certificate = CompletableFuture.runAsync(certificates::createIfMissing);
        if (!Files.isDirectory(data())) {
            createData();
        }
        try {
            certificate.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof Refusal refusal ? refusal : failure;
        }
        passwordIn(administratorPassword());
    }

    private void createData() throws IOException {
        Path unfinished = folder.resolve("data.new");
        Storage.removeTree(unfinished);
        Storage.createFolder(unfinished.resolve("mysql"));
        List<String> command = command(unfinished);
        command.addAll(List.of("--bootstrap", "--log-warnings=0"));
        ProgramRun run = ProgramRun.of(command, programs.systemTables());
        if (run.exitCode() != 0) {
            throw new Refusal("mariadbd --bootstrap ended with exit code " + run.exitCode() + ": " + run.reason());
        }
        Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void launch() throws IOException {
        Files.deleteIfExists(processFile());
        int port = portToTake();
        for (int attempt = 1; ; attempt++) {
            Files.writeString(folder.resolve("port"), port + "\n");
            Files.deleteIfExists(log());
            Process process = new ProcessBuilder(serverCommand(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            @Nullable String reason = reasonNotToAnswer(process);
            if (reason == null) {
                return;
            }
            if (!reason.contains("port") || reach.port() > 0 || attempt == PORTS_TRIED) {
                throw new Refusal("MariaDB did not start: " + reason + " (see " + log() + ")");
            }
            port = freePort();
        }
    }

    private int portToTake() throws IOException {
        if (reach.port() > 0) {
            return reach.port();
        }
        return isFree(recordedPort()) ? recordedPort() : freePort();
    }

    private List<String> serverCommand(int port) {
        Path logins = Storage.writePrivate(
                folder.resolve("logins.sql"),
                "CREATE OR REPLACE USER " + ADMINISTRATOR + " IDENTIFIED BY '" + Storage.read(administratorPassword())
                        + "' REQUIRE SSL;\nGRANT ALL PRIVILEGES ON *.* TO " + ADMINISTRATOR + " WITH GRANT OPTION;\n");
        List<String> command = command(data());
        command.addAll(List.of(
                "--bind-address=" + reach.address(),
                "--port=" + port,
                "--socket=",
                "--skip-name-resolve",
                "--pid-file=" + processFile(),
                "--log-error=" + log(),
                "--init-file=" + logins,
                "--ssl-ca=" + certificates.authority(),
                "--ssl-cert=" + certificates.server(),
                "--ssl-key=" + certificates.key(),
                "--ssl-cipher=" + CIPHERS,
                "--default-time-zone=+09:00",
                "--character-set-server=utf8mb4",
                "--innodb-flush-log-at-trx-commit=2"));
        return command;
    }

    private List<String> command(Path data) {
        List<String> command = new ArrayList<>(List.of(
                programs.server().toString(),
                "--no-defaults",
                "--basedir=" + programs.home(),
                "--lc-messages-dir=" + programs.share(),
                "--character-sets-dir=" + programs.share().resolve("charsets"),
                "--plugin-dir=" + data,
                "--datadir=" + data,
                "--tmpdir=" + data,
                "--performance-schema=OFF",
                "--innodb-undo-tablespaces=0",
                "--innodb-temp-data-file-path=ibtmp1:2M:autoextend"));
        command.addAll(size.options());
        if ("root".equals(System.getProperty("user.name"))) {
            // It refuses root unless told that this is meant.
            command.add("--user=root");
        }
        return command;
    }

    private @Nullable String reasonNotToAnswer(Process process) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (Files.exists(processFile()) && answers()) {
                return null;
            }
            Pause.briefly();
        }
        process.destroyForcibly();
        return Files.exists(log()) ? ProgramRun.reasonIn(Files.readString(log())) : "no word";
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** What runs with our data directory, and nothing else: numbers of processes are used again. */
    private Optional<ProcessHandle> process() {
        if (!Files.exists(processFile())) {
            return Optional.empty();
        }
        String recorded = Storage.read(processFile());
        if (!NUMBER.matcher(recorded).matches()) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(recorded))
                .filter(ProcessHandle::isAlive)
                .filter(this::isOurs);
    }

    private boolean isOurs(ProcessHandle process) {
        String[] arguments = process.info().arguments().orElse(new String[0]);
        return Arrays.asList(arguments).contains("--datadir=" + data());
    }

    private static String user(String name, String password) {
        return "CREATE OR REPLACE USER " + name + " IDENTIFIED BY '" + password + "' REQUIRE SSL";
    }

    /** A new one where there is none. */
    private static String passwordIn(Path file) {
        if (!Files.exists(file)) {
            byte[] random = new byte[18];
            new SecureRandom().nextBytes(random);
            Storage.writePrivate(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        }
        return Storage.read(file);
    }

    private Path administratorPassword() {
        return folder.resolve("administrator.password");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path processFile() {
        return folder.resolve("process");
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private int recordedPort() {
        return Files.exists(folder.resolve("port")) ? port() : -1;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
