package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** PostgreSQL's disk full while a job writes its table: a tablespace on a small tmpfs. Then there is room again. */
final class DatabaseFullFault implements Fault {
    private static final int FAILED = 1;
    private static final int STEPS = 20;
    private static final long ROOM = 1 << 21;
    private static final String SPACE = "small_disk";

    @Override
    public String name() {
        return "database-full";
    }

    @Override
    public String numbers() {
        return "F17";
    }

    @Override
    public String what() {
        return "PostgreSQL's disk full at the n-th KiB of a table, first and repeated: exit 1, told, the old day stands";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 2 * STEPS;
    }

    @Override
    public Optional<String> whyNot(Scene scene) {
        if (scene.site().server().data().isEmpty()) {
            return Optional.of("needs a server of its own");
        }
        return SmallDisk.whyNot(scene.site().root());
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        List<Target> all = Target.all(scene.yardstick());
        Target load = Target.load(scene.yardstick().day());
        Target target = number % 2 == 0 ? load : all.get(all.size() - 1);
        String table = target.equals(load) ? scene.yardstick().day().partition() : target.table();
        Sql sql = scene.site().sql();
        // Room left within the table by rows that are gone would be written into first.
        sql.execute("VACUUM FULL " + table);
        long whole = sql.number("SELECT pg_total_relation_size('" + table + "') / 1024");
        boolean wasThere = random.nextBoolean();
        if (!wasThere) {
            target.wipe(scene);
        }
        if (!wasThere && !target.equals(load)) {
            sql.execute("VACUUM FULL " + table);
        }
        long size = 64 + (scene.isShort() ? random.nextLong(Math.max(1, whole / 2)) : whole * (number / 2) / STEPS);
        Path folder = scene.site().newFolder("disk");
        // What is there stays until the new rows are: a repeated run needs the room twice.
        try (SmallDisk disk = SmallDisk.mount(folder, (wasThere ? whole : 0) + size)) {
            Path space = Files.createDirectory(folder.resolve("space"));
            Files.setOwner(space, Files.getOwner(scene.site().server().data().orElseThrow()));
            scene.site()
                    .server()
                    .administer(
                            "CREATE TABLESPACE " + SPACE + " LOCATION '" + space + "'",
                            "GRANT CREATE ON TABLESPACE " + SPACE + " TO PUBLIC");
            try {
                onSmallDisk(scene, table, true);
                full(scene, target, size, wasThere, outcome);
                disk.resize(ROOM);
                outcome.expect(scene.site().run(target.command()), target.name() + " with room again", 0);
                target.compare(scene, outcome);
            } finally {
                onSmallDisk(scene, table, false);
                scene.site().server().administer("DROP TABLESPACE " + SPACE);
            }
        }
        Target.requireNothingRuns(sql, outcome);
    }

    private static void full(Scene scene, Target target, long size, boolean wasThere, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Ended full = scene.site().run(target.command());
        outcome.expect(full, target.name() + " with " + size + " KiB of room in PostgreSQL", 0, FAILED);
        outcome.count(target.name() + " exit " + full.exitCode(), 1);
        outcome.require(
                full.exitCode() == 0 || full.lastLine().contains("the database's disk is full"),
                target.name() + " did not say that the database's disk is full: " + full.lastLine());
        boolean isThere = target.isThere(scene, outcome);
        outcome.require(
                isThere || !(wasThere || full.exitCode() == 0),
                target.name() + ": acknowledged work is gone when PostgreSQL's disk was full");
    }

    /** New tables are made where the sessions' setting says; one that is there is moved. */
    private static void onSmallDisk(Scene scene, String table, boolean isThere) throws SQLException {
        Sql sql = scene.site().sql();
        String database = sql.value("SELECT current_database()");
        String space = isThere ? SPACE : "pg_default";
        sql.execute("ALTER DATABASE \"" + database + "\" SET default_tablespace = '" + (isThere ? SPACE : "") + "'");
        if (sql.number("SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('" + table + "')") == 0) {
            return;
        }
        sql.execute("ALTER TABLE " + table + " SET TABLESPACE " + space);
        for (String index : sql.column(
                "SELECT CAST(indexrelid AS REGCLASS) FROM pg_index WHERE indrelid = '" + table + "'::REGCLASS")) {
            sql.execute("ALTER INDEX " + index + " SET TABLESPACE " + space);
        }
    }
}
