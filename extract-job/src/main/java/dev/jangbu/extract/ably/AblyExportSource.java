package dev.jangbu.extract.ably;

import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file a seller downloads from 전체 주문, as XLSX or CSV: all its rows, or none. */
public final class AblyExportSource implements ShopSource {
    private final Path file;
    private final Layout layout;

    /** @throws JobFailure with {@link ExitCode#USAGE} when the file is not there */
    public AblyExportSource(Path file, Map<String, String> environment) {
        if (!Files.isRegularFile(file)) {
            throw new JobFailure(
                    ExitCode.USAGE, "--input: " + file + " (expected: the XLSX or CSV that Ably's 전체 주문 downloads)");
        }
        this.file = file;
        this.layout = Layout.from(environment);
    }

    @Override
    public String name() {
        return "ably-export";
    }

    @Override
    public String profile() {
        return "ably";
    }

    @Override
    public Set<String> datasets() {
        return Set.of("orders");
    }

    @Override
    public String plan() {
        return file.toString();
    }

    @Override
    public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing) {
        Reading reading = new Reading(access, landing);
        new ExportFile(file).read(reading);
        return Map.of("count_expected", landing.records());
    }

    /** What was read of the file so far. */
    private final class Reading implements ExportFile.Rows {
        private final ShopAccess access;
        private final RecordWriter landing;
        private final Instant now;
        private final Set<String> items = new HashSet<>();
        private @Nullable Columns columns;

        Reading(ShopAccess access, RecordWriter landing) {
            this.access = access;
            this.landing = landing;
            this.now = access.clock().instant();
        }

        @Override
        public void row(List<String> cells, long line) {
            Columns known = columns;
            if (known == null) {
                columns = Columns.of(cells, layout, file.toString());
                return;
            }
            SoldLine sold = known.line(cells, access::customerKey);
            if (sold.itemId().isEmpty() || !items.add(sold.itemId())) {
                throw FailureKind.SCHEMA.failure("상품주문번호: " + (sold.itemId().isEmpty() ? "missing" : "twice")
                        + " (expected: one of its own in each row) in " + file + ":" + line);
            }
            landing.write(sold, now);
        }
    }
}
