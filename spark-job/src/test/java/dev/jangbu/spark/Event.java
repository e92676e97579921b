package dev.jangbu.spark;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * An event as its clean row has it, all that aggregations read.
 *
 * @param at in Seoul
 * @param products JSON, of a purchase
 */
public record Event(
        String id,
        String type,
        String user,
        String session,
        LocalDateTime at,
        String platform,
        @Nullable String product,
        @Nullable String products) {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final StructType SCHEMA = new StructType()
            .add("event_id", DataTypes.StringType)
            .add("event_type", DataTypes.StringType)
            .add("user_id", DataTypes.StringType)
            .add("session_id", DataTypes.StringType)
            .add("occurred_at", DataTypes.TimestampType)
            .add("platform", DataTypes.StringType)
            .add("product_id", DataTypes.StringType)
            .add("products", DataTypes.StringType)
            .add("event_date", DataTypes.DateType);

    /** Of words: {@code click U1 S1 2026-01-15T09:30:00 web [P1]}; the id is the text's own. */
    public static Event of(String words) {
        String[] word = words.split(" ", -1);
        return new Event(
                UUID.nameUUIDFromBytes(words.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString(),
                word[0],
                word[1],
                word[2],
                LocalDateTime.parse(word[3]),
                word[4],
                word.length > 5 ? word[5] : null,
                null);
    }

    public Event withId(String other) {
        return new Event(other, type, user, session, at, platform, product, products);
    }

    public Event withProducts(@Nullable String other) {
        return new Event(id, type, user, session, at, platform, product, other);
    }

    public Instant instant() {
        return at.atZone(SEOUL).toInstant();
    }

    public LocalDate day() {
        return at.toLocalDate();
    }

    public static Dataset<Row> dataset(Event... events) {
        return dataset(Arrays.asList(events));
    }

    public static Dataset<Row> dataset(List<Event> events) {
        return TestSpark.session()
                .createDataFrame(events.stream().map(Event::row).toList(), SCHEMA)
                .repartition(3);
    }

    /** Values by the clean file's column names; what is not named is absent. */
    Map<String, String> columns() {
        return java.util.stream.Stream.of(
                        Map.entry("event_date", day().toString()),
                        Map.entry("event_id", id),
                        Map.entry("event_type", type),
                        Map.entry("user_id", user),
                        Map.entry("session_id", session),
                        Map.entry("occurred_at", instant().toString()),
                        Map.entry("platform", platform),
                        Map.entry("product_id", product == null ? "" : product),
                        Map.entry("products", products == null ? "" : products))
                .filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Row row() {
        return RowFactory.create(
                id,
                type,
                user,
                session,
                java.sql.Timestamp.from(instant()),
                platform,
                product,
                products,
                java.sql.Date.valueOf(day()));
    }
}
