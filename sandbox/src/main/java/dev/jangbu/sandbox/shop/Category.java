package dev.jangbu.sandbox.shop;

import java.util.List;

/** @param path from the top to itself, as numbers; three deep at most */
public record Category(int number, String name, List<Integer> path, List<String> names) {
    public Category {
        path = List.copyOf(path);
        names = List.copyOf(names);
    }

    public int depth() {
        return path.size();
    }

    /** 1 stands for the shop itself. */
    public int parent() {
        return depth() == 1 ? 1 : path.get(depth() - 2);
    }
}
