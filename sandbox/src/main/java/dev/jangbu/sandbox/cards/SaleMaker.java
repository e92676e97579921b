package dev.jangbu.sandbox.cards;

import dev.jangbu.sandbox.shop.Draw;
import java.time.DayOfWeek;
import java.time.LocalDate;

/** Makes rows of a day, with the times a table of this kind has. */
final class SaleMaker {
    private static final double LATER_CHANGED = 0.3;
    private static final int SETTLED_AFTER_DAYS = 2;

    private final LocalDate date;
    private final long now;
    private final long depositAt;

    SaleMaker(Settings settings, LocalDate date) {
        this.date = date;
        this.now = settings.now();
        this.depositAt = Times.at(twoWorkingDaysAfter(date), 10 * Times.HOUR);
    }

    /** A time of that hour; 25 is one in the night after. */
    long time(int hour, Draw draw) {
        return Times.at(date, hour * Times.HOUR + draw.between(0, Times.HOUR - 1));
    }

    /** A payment that is written down some seconds later, and changed once more when it is settled. */
    Sale sale(Store store, Card card, long amount, long soldAt, Draw draw) {
        long created = soldAt + draw.between(Times.SECOND, 90 * Times.SECOND);
        long settled = created + draw.between(Times.HOUR, SETTLED_AFTER_DAYS * Times.DAY);
        boolean isChanged = draw.chance(LATER_CHANGED) && settled <= now;
        boolean isSettled = depositAt <= now || isChanged;
        return new Sale(
                store,
                card,
                amount,
                false,
                isSettled,
                soldAt,
                created,
                isChanged ? settled : created,
                depositAt,
                draw.next(),
                null);
    }

    /** The same taken back within hours, or a day or two later; never in the time to come. */
    Sale canceled(Sale sale, Draw draw) {
        long most = draw.chance(0.7) ? 3 * Times.HOUR : 2 * Times.DAY;
        long time = sale.created() + draw.between(Times.MINUTE, Math.min(most, now - sale.created()));
        return sale.canceledAt(time, sale.mark());
    }

    private static LocalDate twoWorkingDaysAfter(LocalDate date) {
        LocalDate day = date;
        for (int left = 2; left > 0; ) {
            day = day.plusDays(1);
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return day;
    }
}
