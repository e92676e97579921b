package dev.jangbu.spark.lake;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * The table {@code lake.events}: the columns of {@code raw.raw_events}, partitioned by the business date, which is a day in
 * Seoul and so none that could be computed from the time.
 */
public final class EventsTable {
    public static final String NAME = "events";
    public static final String IN_SQL = LakeSettings.NAME + "." + NAME;
    public static final String DAY = "event_date";

    private static final TableIdentifier IDENTIFIER = TableIdentifier.of(NAME);
    private static final Type MONEY = Types.DecimalType.of(14, 2);
    private static final Type TEXT = Types.StringType.get();
    private static final Type NUMBER = Types.IntegerType.get();
    private static final int ALWAYS_THERE = 7;
    private static final List<Map.Entry<String, Type>> COLUMNS = List.of(
            Map.entry(DAY, Types.DateType.get()),
            Map.entry("event_id", TEXT),
            Map.entry("event_type", TEXT),
            Map.entry("user_id", TEXT),
            Map.entry("session_id", TEXT),
            Map.entry("occurred_at", Types.TimestampType.withZone()),
            Map.entry("platform", TEXT),
            Map.entry("device_type", TEXT),
            Map.entry("os", TEXT),
            Map.entry("browser", TEXT),
            Map.entry("page_url", TEXT),
            Map.entry("referrer", TEXT),
            Map.entry("page_type", TEXT),
            Map.entry("product_id", TEXT),
            Map.entry("category_id", TEXT),
            Map.entry("element_id", TEXT),
            Map.entry("element_type", TEXT),
            Map.entry("position", NUMBER),
            Map.entry("quantity", NUMBER),
            Map.entry("unit_price", MONEY),
            Map.entry("source_page", TEXT),
            Map.entry("is_recommendation", Types.BooleanType.get()),
            Map.entry("order_id", TEXT),
            Map.entry("total_amount", MONEY),
            Map.entry("payment_method", TEXT),
            Map.entry("discount_amount", MONEY),
            Map.entry("shipping_fee", MONEY),
            Map.entry("coupon_code", TEXT),
            Map.entry("products", TEXT),
            Map.entry("search_query", TEXT),
            Map.entry("result_count", NUMBER),
            Map.entry("category_filter", TEXT),
            Map.entry("sort_type", TEXT),
            Map.entry("page_number", NUMBER),
            Map.entry("extra", TEXT));

    /** A property of tables, and its value; those made before it have none. */
    static final Map.Entry<String, String> NO_BOUNDS = Map.entry("write.metadata.metrics.default", "none");

    /**
     * Days are put side by side, so a commit may have to be tried often. What says how the table was before the last
     * hundred commits is not needed: the snapshots are all in the last.
     */
    private static final Map<String, String> PROPERTIES = Map.of(
            "commit.retry.num-retries",
            "20",
            "commit.retry.min-wait-ms",
            "50",
            "commit.retry.max-wait-ms",
            "5000",
            "write.distribution-mode",
            "none",
            "write.metadata.delete-after-commit.enabled",
            "true",
            "write.metadata.previous-versions-max",
            "100",
            // The least and greatest user of each file would stand in manifests. Days are found by their partition.
            NO_BOUNDS.getKey(),
            NO_BOUNDS.getValue());

    private final Table table;

    private EventsTable(Table table) {
        this.table = table;
    }

    /** Makes it where it is missing. */
    static EventsTable openOrMake(LakeCatalog catalog) {
        return find(catalog).orElseGet(() -> make(catalog));
    }

    public static Optional<EventsTable> find(LakeCatalog catalog) {
        try {
            return Optional.of(new EventsTable(requirePlace(catalog, catalog.loadTable(IDENTIFIER))));
        } catch (NoSuchTableException none) {
            return Optional.empty();
        }
    }

    /** The catalog knows where the table lies, whatever the settings say: files of both would be mixed. */
    private static Table requirePlace(LakeCatalog catalog, Table table) {
        String here = catalog.warehouse() + "/" + NAME;
        if (!table.location().equals(here)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "JANGBU_LAKE_URL: " + IN_SQL + " would lie in " + here + " (expected: " + table.location()
                            + ", where it was made)");
        }
        return table;
    }

    private static EventsTable make(LakeCatalog catalog) {
        Schema schema = schema();
        PartitionSpec byDay = PartitionSpec.builderFor(schema).identity(DAY).build();
        try {
            return new EventsTable(catalog.createTable(IDENTIFIER, schema, byDay, PROPERTIES));
        } catch (AlreadyExistsException madeMeanwhile) {
            return new EventsTable(catalog.loadTable(IDENTIFIER));
        }
    }

    private static Schema schema() {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Map.Entry<String, Type> column : COLUMNS) {
            int id = fields.size() + 1;
            fields.add(
                    id <= ALWAYS_THERE
                            ? required(id, column.getKey(), column.getValue())
                            : optional(id, column.getKey(), column.getValue()));
        }
        return new Schema(fields);
    }

    /** The columns but the day, each with its type as SQL has it. */
    static List<Map.Entry<String, String>> columnsOfFiles() {
        return COLUMNS.stream()
                .filter(column -> !column.getKey().equals(DAY))
                .map(column -> Map.entry(column.getKey(), sqlType(column.getValue())))
                .toList();
    }

    private static String sqlType(Type type) {
        return type.typeId() == Type.TypeID.TIMESTAMP ? "TIMESTAMP" : type.toString();
    }

    public Table table() {
        return table;
    }

    /** How many rows each day has, as the files' names and counts say: no row is read. */
    public NavigableMap<LocalDate, Long> rowsByDay() {
        NavigableMap<LocalDate, Long> days = new TreeMap<>();
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            for (FileScanTask file : files) {
                LocalDate day = LocalDate.ofEpochDay(file.file().partition().get(0, Integer.class));
                days.merge(day, file.file().recordCount(), Long::sum);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return days;
    }

    /** Every state there is to go back to, the oldest first; those that were gone back over are left. */
    List<LakeSnapshot> history() {
        table.refresh();
        List<Long> current = currentIds();
        List<LakeSnapshot> history = new ArrayList<>();
        for (Snapshot snapshot : table.snapshots()) {
            history.add(LakeSnapshot.of(snapshot, state(snapshot, current)));
        }
        return List.copyOf(history);
    }

    List<LakeSnapshot> newestFirst() {
        List<LakeSnapshot> history = new ArrayList<>(history());
        Collections.reverse(history);
        return history;
    }

    private static LakeSnapshot.State state(Snapshot snapshot, List<Long> current) {
        int age = current.indexOf(snapshot.snapshotId());
        if (age < 0) {
            return LakeSnapshot.State.LEFT;
        }
        return age == 0 ? LakeSnapshot.State.CURRENT : LakeSnapshot.State.PAST;
    }

    private List<Long> currentIds() {
        return table.currentSnapshot() == null ? List.of() : SnapshotUtil.currentAncestorIds(table);
    }

    /** What a day holds now; empty where it was never put, or changed by hand since. */
    public Optional<LakeSnapshot> lastOf(LocalDate day) {
        table.refresh();
        return table.currentSnapshot() == null
                ? Optional.empty()
                : lastOf(day, table.currentSnapshot().snapshotId());
    }

    /** What a day held in a state of the table. */
    Optional<LakeSnapshot> lastOf(LocalDate day, long snapshotId) {
        for (Snapshot snapshot : SnapshotUtil.ancestorsOf(snapshotId, table::snapshot)) {
            LakeSnapshot known = LakeSnapshot.of(snapshot, LakeSnapshot.State.PAST);
            if (known.isByHand() || known.isGone(day)) {
                return Optional.empty();
            }
            if (known.day().equals(day.toString())) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
