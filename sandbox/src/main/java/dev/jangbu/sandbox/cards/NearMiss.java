package dev.jangbu.sandbox.cards;

import dev.jangbu.sandbox.shop.Draw;
import java.util.List;
import java.util.stream.Stream;

/** What honest people do that comes near to what is planted. */
enum NearMiss {
    /** A card at two stores within eight minutes. */
    TWO_STORES_ONCE(Rule.CARD_BURST),
    /** A card at three stores within eleven to fourteen minutes. */
    THREE_STORES_SLOWER(Rule.CARD_BURST),
    /** A card three times within eight minutes, at two stores. */
    TWO_STORES_THRICE(Rule.CARD_BURST),
    /** A family with one card, everybody at another store of the mall within twenty minutes: half of them break the rule. */
    FAMILY_CARD(Rule.CARD_BURST),
    /** A payment in the hour before the store opens, or after it closes. */
    HOUR_BESIDE(Rule.OUTSIDE_HOURS),
    /** A store that stays open one to three hours longer for an evening: beyond the first hour it breaks the rule. */
    LATE_EVENING(Rule.OUTSIDE_HOURS);

    private final Rule rule;

    NearMiss(Rule rule) {
        this.rule = rule;
    }

    /** To which it comes near. */
    Rule rule() {
        return rule;
    }

    /** How many rows one has. */
    int rows(Draw draw) {
        return switch (this) {
            case HOUR_BESIDE -> 1;
            case TWO_STORES_ONCE -> 2;
            case THREE_STORES_SLOWER, TWO_STORES_THRICE -> 3;
            case FAMILY_CARD -> (int) draw.between(3, 4);
            case LATE_EVENING -> (int) draw.between(2, 5);
        };
    }

    static List<NearMiss> of(Rule rule) {
        return Stream.of(values()).filter(kind -> kind.rule == rule).toList();
    }
}
