package dev.jangbu.extract.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jangbu.extract.Landed;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.kit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SimulatorSourceTest {
    private static final String DAY = "2026-01-15";
    private static final Set<String> KEPT = Set.of("funnel_sequence", "platform_device");

    @TempDir
    Path folder;

    @Test
    void aSeedAndADayGiveTheSameBytesAgain() throws IOException {
        byte[] first = land(new SimulatorSource(300, 7, 0.05), "first").bytes();
        byte[] second = land(new SimulatorSource(300, 7, 0.05), "second").bytes();

        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"America/New_York, ar-EG-u-nu-arab", "Pacific/Kiritimati, tr-TR"})
    void zoneAndLanguageOfTheMachineChangeNothing(String zone, String language) throws IOException {
        byte[] here = land(new SimulatorSource(300, 7, 0.05), "here").bytes();
        TimeZone zoneBefore = TimeZone.getDefault();
        Locale localeBefore = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            Locale.setDefault(Locale.forLanguageTag(language));

            assertThat(land(new SimulatorSource(300, 7, 0.05), "there").bytes()).isEqualTo(here);
        } finally {
            TimeZone.setDefault(zoneBefore);
            Locale.setDefault(localeBefore);
        }
    }

    @Test
    void anotherSeedOrAnotherDayGivesOtherEventsAndOrders() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            for (String day : List.of("2026-01-15", "2026-01-16")) {
                Landed landed = Landed.of(new SimulatorSource(1_000, seed, 0.1), day, newFolder("s" + seed + day));
                landed.lines().stream()
                        .filter(line -> line.endsWith("}"))
                        .distinct()
                        .map(line -> Json.mapper().readTree(line))
                        .forEach(events::add);
            }
        }

        assertThat(events)
                .extracting(event -> event.get("event_id").stringValue())
                .doesNotHaveDuplicates();
        assertThat(events.stream().filter(event -> event.has("order_id")))
                .hasSizeGreaterThan(100)
                .extracting(event -> event.get("order_id").stringValue())
                .doesNotHaveDuplicates();
    }

    @Test
    void aUserComesWithTheSameDeviceOnAllDays() throws IOException {
        Map<String, Set<String>> devices =
                Landed.of(new SimulatorSource(200, 7, 0), "2026-01-15", newFolder("a")).records().stream()
                        .collect(Collectors.groupingBy(
                                SimulatorSourceTest::user,
                                Collectors.mapping(SimulatorSourceTest::device, Collectors.toSet())));
        for (JsonNode event : Landed.of(new SimulatorSource(200, 7, 0), "2026-01-16", newFolder("b"))
                .records()) {
            assertThat(devices.getOrDefault(user(event), Set.of(device(event)))).containsExactly(device(event));
        }
    }

    @Test
    void withoutDefectsNoCheckFails() throws IOException {
        Landed landed = land(new SimulatorSource(3_000, 7, 0), "clean");

        assertThat(failed(landed).values()).containsOnly(0L);
        assertThat(landed.folder().resolve(SimulatorSource.DEFECTS_FILE)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 42, Long.MAX_VALUE})
    void plantedDefectsFailExactlyTheirOwnCheck(long seed) throws IOException {
        Landed landed = land(new SimulatorSource(4_000, seed, 0.02), "faulty");
        JsonNode report =
                Json.mapper().readTree(Files.readAllBytes(landed.folder().resolve(SimulatorSource.DEFECTS_FILE)));

        Map<String, Long> failed = failed(landed);
        failed.forEach(
                (check, count) -> assertThat(report.get("failed").get(check).longValue())
                        .as("seed %d, %s", seed, check)
                        .isEqualTo(count)
                        .isPositive());
        long rejected = failed.entrySet().stream()
                .filter(entry -> !KEPT.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(report.get("rejected").longValue()).as("seed %d", seed).isEqualTo(rejected);
    }

    @Test
    void aShopOfNothingButFaultsIsStillCountedExactly() throws IOException {
        Landed landed = land(new SimulatorSource(500, 3, 1), "worst");
        JsonNode report =
                Json.mapper().readTree(Files.readAllBytes(landed.folder().resolve(SimulatorSource.DEFECTS_FILE)));

        failed(landed).forEach((check, count) -> assertThat(
                        report.get("failed").get(check).longValue())
                .as(check)
                .isEqualTo(count));
    }

    @Test
    void defectsLeaveTheOtherEventsAsTheyAre() throws IOException {
        List<String> clean = land(new SimulatorSource(500, 7, 0), "without").lines();
        List<String> faulty = land(new SimulatorSource(500, 7, 0.01), "with").lines();

        Set<String> kept = new HashSet<>(faulty);
        List<String> altered =
                clean.stream().filter(line -> !kept.contains(line)).toList();
        Set<String> unlike = new HashSet<>(faulty);
        clean.forEach(unlike::remove);
        assertThat(faulty).hasSizeGreaterThan(clean.size());
        assertThat(altered).hasSizeBetween(1, unlike.size());
        assertThat(altered).hasSizeLessThan(clean.size() / 50);
    }

    @Test
    void eventsComeInTheOrderOfTimeAndStayInTheirDay() throws IOException {
        List<OffsetDateTime> times = land(new SimulatorSource(5_000, 7, 0), "times").records().stream()
                .map(event -> OffsetDateTime.parse(event.get("timestamp").stringValue()))
                .toList();

        assertThat(times).isSorted();
        assertThat(times).allMatch(time -> time.getOffset().getId().equals("+09:00"));
        assertThat(times).allMatch(time -> time.toLocalDate().toString().equals(DAY));
        assertThat(times.get(times.size() - 1).getHour()).isEqualTo(23);
    }

    @Test
    void sharesAreThoseOfTheShopsProfile() throws IOException {
        List<JsonNode> events =
                land(new SimulatorSource(20_000, 7, 0), "shares").records();
        Map<String, Long> types = events.stream()
                .collect(Collectors.groupingBy(event -> event.get("event_type").stringValue(), Collectors.counting()));
        Map<String, String> platforms = events.stream()
                .collect(Collectors.toMap(
                        SimulatorSourceTest::user,
                        event -> event.get("platform").stringValue(),
                        (one, same) -> one));
        List<Integer> sessions = events.stream()
                .collect(Collectors.groupingBy(
                        SimulatorSourceTest::user,
                        Collectors.mapping(event -> event.get("session_id").stringValue(), Collectors.toSet())))
                .values()
                .stream()
                .map(Set::size)
                .toList();

        assertThat(rate(types, "click", "page_view")).isCloseTo(0.35, within(0.01));
        assertThat(rate(types, "search", "click")).isCloseTo(0.20, within(0.01));
        assertThat(rate(types, "add_to_cart", "click")).isCloseTo(0.12, within(0.01));
        assertThat(rate(types, "purchase", "add_to_cart")).isCloseTo(0.45, within(0.03));
        assertThat(share(platforms.values().stream().toList(), "web")).isCloseTo(0.50, within(0.02));
        assertThat(share(platforms.values().stream().toList(), "ios")).isCloseTo(0.25, within(0.02));
        assertThat(share(sessions, 1)).isCloseTo(0.60, within(0.02));
        assertThat(share(sessions, 2)).isCloseTo(0.30, within(0.02));
        assertThat(share(sessions, 3)).isCloseTo(0.10, within(0.02));
        assertThat(types.keySet()).containsExactlyInAnyOrder("page_view", "click", "search", "add_to_cart", "purchase");
        assertThat(Catalogue.size()).isEqualTo(21);
        assertThat(events.stream().filter(event -> event.has("category_id")).map(event -> event.get("category_id")
                        .stringValue()))
                .containsOnly("CAT001", "CAT002", "CAT003", "CAT004", "CAT005");
    }

    @Test
    void ordersCostWhatTheirPartsCost() throws IOException {
        Set<Long> discounts = new HashSet<>();
        for (JsonNode event : land(new SimulatorSource(20_000, 7, 0), "orders").records()) {
            if (!event.has("order_id")) {
                continue;
            }
            JsonNode extra = event.get("extra_data");
            long goods = extra.get("products")
                    .valueStream()
                    .mapToLong(product -> product.get("unit_price").longValue()
                            * product.get("quantity").longValue())
                    .sum();
            long shipping = goods < 50_000 ? 3_000 : 0;
            long discount = extra.get("discount_amount").longValue();
            discounts.add(discount);
            assertThat(extra.get("shipping_fee").longValue()).isEqualTo(shipping);
            assertThat(event.get("total_amount").longValue()).isEqualTo(goods - discount + shipping);
            assertThat(extra.has("coupon_code")).isEqualTo(discount > 0);
        }
        assertThat(discounts).containsExactlyInAnyOrder(0L, 1_000L, 2_000L, 3_000L, 5_000L);
    }

    @Test
    void searchesAreInKoreanAndSurviveTheFile() throws IOException {
        assertThat(land(new SimulatorSource(2_000, 7, 0), "searches").records().stream()
                        .filter(event -> event.has("search_query"))
                        .map(event -> event.get("search_query").stringValue()))
                .contains("무선 이어폰", "캠핑 의자", "yoga mat");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-12, 0.80",
        "2026-01-13, 0.85",
        "2026-01-14, 0.90",
        "2026-01-15, 0.90",
        "2026-01-16, 1.00",
        "2026-01-17, 1.30",
        "2026-01-18, 1.20"
    })
    void theShareOfActiveUsersFollowsTheWeekday(String day, double factor) {
        Seeds seeds = new Seeds(7, java.time.LocalDate.parse(day));
        double share = VisitPlan.activeShare(seeds, seeds.day().getDayOfWeek());

        assertThat(share).isBetween(0.40 * factor, 0.70 * factor);
    }

    @Test
    void aCompressedLandingHoldsTheSameLines() throws IOException {
        SimulatorSource source = new SimulatorSource(200, 7, 0);
        Landed plain = land(source, "plain");
        Landed compressed = Landed.of(source, DAY, newFolder("compressed"), LandingFormat.compressed());

        assertThat(compressed.parts().get(0).path()).endsWith("part-00000.jsonl.gz");
        assertThat(compressed.bytes()).isEqualTo(plain.bytes());
        assertThat(compressed.rows()).isEqualTo(plain.rows());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 7 | 0 | --users: 0 (expected: 1..999999)",
                "1000000 | 7 | 0 | --users: 1000000 (expected: 1..999999)",
                "500 | -1 | 0 | --seed: -1 (expected: 0 or more)",
                "500 | 7 | 1.5 | --defects: 1.5 (expected: 0..1)",
                "500 | 7 | NaN | --defects: NaN (expected: 0..1)"
            })
    void settingsOutOfRangeAreRefused(int users, long seed, double defects, String message) {
        assertThatThrownBy(() -> new SimulatorSource(users, seed, defects)).hasMessage(message);
    }

    private Landed land(SimulatorSource source, String name) throws IOException {
        return Landed.of(source, DAY, newFolder(name));
    }

    private Path newFolder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private static Map<String, Long> failed(Landed landed) throws IOException {
        return SevenChecks.failed(landed.lines(), DAY);
    }

    private static double rate(Map<String, Long> types, String part, String whole) {
        return (double) types.getOrDefault(part, 0L) / types.getOrDefault(whole, 1L);
    }

    private static <T> double share(List<T> all, T one) {
        return (double) all.stream().filter(one::equals).count() / all.size();
    }

    private static String user(JsonNode event) {
        return event.get("user_id").stringValue();
    }

    private static String device(JsonNode event) {
        return Arrays.asList(event.get("platform"), event.get("device_type"), event.get("os"), event.get("browser"))
                .toString();
    }
}
