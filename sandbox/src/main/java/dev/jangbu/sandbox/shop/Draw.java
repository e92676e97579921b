package dev.jangbu.sandbox.shop;

import java.time.LocalDate;
import java.util.List;

/** Chance that depends on nothing but its name: the same seed and name draw the same on any machine. */
public final class Draw {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private Draw(long state) {
        this.state = state;
    }

    /** Named by texts, numbers, dates and constants. */
    public static Draw of(long seed, Object... name) {
        long state = mixed(seed + GAMMA);
        for (Object part : name) {
            state = mixed(state * 31 + hash(part) + GAMMA);
        }
        return new Draw(state);
    }

    public long next() {
        state += GAMMA;
        return mixed(state);
    }

    /** In [0, 1). */
    public double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** In [0, bound). */
    public int below(int bound) {
        return (int) Math.floorMod(next(), (long) bound);
    }

    /** Both ends included. */
    public long between(long least, long most) {
        return least + Math.floorMod(next(), most - least + 1);
    }

    public boolean chance(double probability) {
        return unit() < probability;
    }

    public <T> T of(List<T> values) {
        return values.get(below(values.size()));
    }

    /** The place that these weights bring. */
    public int weighted(int... weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int left = below(sum);
        int place = 0;
        while (left >= weights[place]) {
            left -= weights[place++];
        }
        return place;
    }

    /** Few of many: place 0 is drawn as often as the second half of all. */
    public int popular(int count) {
        return Math.min(count - 1, (int) StrictMath.pow(count + 1.0, unit()) - 1);
    }

    public int poisson(double mean) {
        double limit = StrictMath.exp(-Math.min(mean, 500));
        double product = unit();
        int count = 0;
        while (product > limit) {
            product *= unit();
            count++;
        }
        return count;
    }

    private static long hash(Object part) {
        if (part instanceof Number number) {
            return number.longValue();
        }
        if (part instanceof LocalDate date) {
            return date.toEpochDay();
        }
        String text = part instanceof Enum<?> constant ? constant.name() : part.toString();
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
