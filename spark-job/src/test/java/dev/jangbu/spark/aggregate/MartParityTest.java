package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.spark.Event;
import dev.jangbu.spark.TestSpark;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a mart tells the same as an aggregation, the SQL that ships says the same rows over the same events. */
@ExtendWith(PostgresExtension.class)
class MartParityTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final long SEED = 20_260_115;
    private static final int EVENTS = 3_000;

    @Test
    void funnelsAreThoseOfTheMart(TestDatabase database) throws SQLException, IOException {
        List<Event> events = events();
        load(database, events);
        FunnelConversion funnel = new FunnelConversion();
        assertThat(TestSpark.rows(
                        funnel.of(SessionFacts.of(Event.dataset(events))).orderBy(funnel.order())))
                .as("seed %d", SEED)
                .isEqualTo(database.rows("SELECT * FROM (" + mart("mart_funnel_daily") + ") AS mart ORDER BY platform"))
                .hasSize(3);
    }

    @Test
    void productsAreThoseOfTheMart(TestDatabase database) throws SQLException, IOException {
        List<Event> events = events();
        load(database, events);
        ProductConversion products = new ProductConversion();
        String sameOrder = "SELECT activity_date, product_id, click_count, cart_add_count, purchase_count,"
                + " CAST(revenue AS NUMERIC(14, 2)), CAST(units_sold AS BIGINT), unique_viewers, unique_buyers,"
                + " conversion_rate FROM (" + mart("mart_product_daily") + ") AS mart"
                + " ORDER BY product_id COLLATE \"C\"";
        assertThat(TestSpark.rows(
                        products.of(SessionFacts.of(Event.dataset(events))).orderBy(products.order())))
                .as("seed %d", SEED)
                .isEqualTo(database.rows(sameOrder))
                .hasSizeGreaterThan(20);
    }

    private static String mart(String name) throws IOException {
        String query = Files.readString(Path.of("..", "sql", "marts", name, "query.sql"));
        return query.replace(":business_date", "DATE '" + DAY + "'").replaceFirst(";\\s*$", "");
    }

    private static void load(TestDatabase database, List<Event> events) throws SQLException {
        database.execute("CREATE TABLE raw.day PARTITION OF raw.raw_events FOR VALUES FROM ('" + DAY + "') TO ('"
                + DAY.plusDays(1) + "')");
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO raw.raw_events
                            (event_date, event_id, event_type, user_id, session_id, occurred_at, platform, product_id, products)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::JSONB)""")) {
            for (Event event : events) {
                insert.setObject(1, event.day());
                insert.setObject(2, UUID.fromString(event.id()));
                insert.setString(3, event.type());
                insert.setString(4, event.user());
                insert.setString(5, event.session());
                insert.setObject(6, OffsetDateTime.ofInstant(event.instant(), ZoneOffset.UTC));
                insert.setString(7, event.platform());
                insert.setString(8, event.product());
                insert.setString(9, event.products());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static List<Event> events() {
        Random random = new Random(SEED);
        List<String> types = List.of("page_view", "click", "add_to_cart", "purchase", "search");
        List<String> platforms = List.of("web", "ios", "android");
        List<Event> events = new ArrayList<>();
        for (int number = 0; number < EVENTS; number++) {
            String type = types.get(random.nextInt(types.size()));
            String product = random.nextInt(5) == 0 ? "" : " P%04d".formatted(random.nextInt(20));
            int user = random.nextInt(60);
            Event event = Event.of("%s U%03d S%03d %sT%02d:%02d:%02d.%03d %s%s"
                    .formatted(
                            type,
                            user,
                            user * 2 + random.nextInt(2),
                            DAY,
                            random.nextInt(24),
                            random.nextInt(60),
                            random.nextInt(60),
                            random.nextInt(1000),
                            platforms.get(random.nextInt(3)),
                            product));
            events.add(type.equals("purchase") ? event.withProducts(products(random)) : event);
        }
        return events;
    }

    /** Well formed for the most part; the rest is what profiles that keep anything let through. */
    private static String products(Random random) {
        String line = "{\"product_id\": \"P%04d\", \"quantity\": %d, \"unit_price\": %d.%d}"
                .formatted(random.nextInt(25), 1 + random.nextInt(3), random.nextInt(90_000), random.nextInt(10));
        return switch (random.nextInt(12)) {
            case 0 -> "[]";
            case 1 -> line;
            case 2 -> "[{\"quantity\": 1, \"unit_price\": 7}]";
            case 3 -> "[{\"product_id\": \"P0001\", \"quantity\": \"2\", \"unit_price\": 7}, 3, null]";
            case 4 -> "[" + line + ", " + line + "]";
            default -> "[" + line + "]";
        };
    }
}
