package dev.jangbu.kit.time;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/**
 * The business zone and the days in it. A business date is one calendar day in the zone, from its first instant to the
 * next day's. Immutable.
 */
public record BusinessCalendar(ZoneId zone) {
    /** The setting that names another zone. */
    public static final String ZONE_SETTING = "JANGBU_ZONE";

    private static final String DEFAULT_ZONE = "Asia/Seoul";

    /**
     * @param environment the process environment; {@value #ZONE_SETTING} may be absent
     * @throws JobFailure with {@link ExitCode#USAGE} when the zone is unknown
     */
    public static BusinessCalendar from(Map<String, String> environment) {
        String name = environment.getOrDefault(ZONE_SETTING, DEFAULT_ZONE);
        try {
            return new BusinessCalendar(ZoneId.of(name));
        } catch (DateTimeException unknownZone) {
            throw new JobFailure(
                    ExitCode.USAGE, ZONE_SETTING + ": " + name + " (expected: a zone such as " + DEFAULT_ZONE + ")");
        }
    }

    public static BusinessCalendar seoul() {
        return new BusinessCalendar(ZoneId.of(DEFAULT_ZONE));
    }

    /** The first instant of the day, inclusive. */
    public Instant startOf(LocalDate businessDate) {
        return businessDate.atStartOfDay(zone).toInstant();
    }

    /** The first instant of the next day: the day's exclusive end. */
    public Instant endOf(LocalDate businessDate) {
        return startOf(businessDate.plusDays(1));
    }

    public LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    public LocalDate yesterday(Clock clock) {
        return today(clock).minusDays(1);
    }
}
