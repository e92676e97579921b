package dev.jangbu.sandbox.account;

import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.DayCache;
import dev.jangbu.sandbox.shop.Draw;
import dev.jangbu.sandbox.shop.Shop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** At most {@value #LIMIT} shops with their accounts. Thread-safe. */
public final class Accounts {
    static final int LIMIT = 1_000;
    private static final String SALT_LETTERS = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final long seed;
    private final App app;
    private final DayCache cache;
    private final Keys keys;
    private final Map<String, Shop> shops = new ConcurrentSkipListMap<>();
    private final Map<String, Mall> malls = new ConcurrentSkipListMap<>();
    private final Map<String, SmartStore> smartStores = new ConcurrentSkipListMap<>();
    private final Map<String, AblySeller> ablySellers = new ConcurrentSkipListMap<>();
    private final Map<String, Property> properties = new ConcurrentSkipListMap<>();
    private final Map<String, ServiceAccount> serviceAccounts = new ConcurrentHashMap<>();

    public Accounts(long seed, DayCache cache, Keys keys) {
        this.seed = seed;
        this.keys = keys;
        this.cache = cache;
        app = new App(
                "sbx-client",
                "sbx-secret-%016x".formatted(Draw.of(seed, "app").next()),
                List.of("https://jangbu.example/callback"));
    }

    /** Opens the shop's accounts; the shop must be new. */
    public synchronized Shop open(AccountRequest request) {
        String name = request.shop().name();
        if (shops.containsKey(name)) {
            throw new IllegalArgumentException("shop: " + name + " (expected: one that is not there yet)");
        }
        if (shops.size() >= LIMIT) {
            throw new IllegalArgumentException("shops: " + (LIMIT + 1) + " (expected: at most " + LIMIT + ")");
        }
        Shop shop = new Shop(request.shop(), cache);
        shops.put(name, shop);
        request.channels().forEach(channel -> open(channel, shop, request));
        return shop;
    }

    public App app() {
        return app;
    }

    public Collection<Shop> shops() {
        return shops.values();
    }

    public Optional<Shop> shop(String name) {
        return Optional.ofNullable(shops.get(name));
    }

    public Optional<Mall> mall(String mallId) {
        return Optional.ofNullable(malls.get(mallId));
    }

    public Optional<SmartStore> smartStore(String clientId) {
        return Optional.ofNullable(smartStores.get(clientId));
    }

    public Optional<AblySeller> ablySeller(String email) {
        return Optional.ofNullable(ablySellers.get(email));
    }

    public Optional<Property> property(String id) {
        return Optional.ofNullable(properties.get(id));
    }

    /** By its mail address. */
    public Optional<ServiceAccount> serviceAccount(String email) {
        return serviceAccounts.values().stream()
                .filter(account -> account.email().equals(email))
                .findFirst();
    }

    public Optional<Mall> mallOf(Shop shop) {
        return malls.values().stream().filter(mall -> mall.shop() == shop).findFirst();
    }

    public Optional<SmartStore> smartStoreOf(Shop shop) {
        return smartStores.values().stream()
                .filter(store -> store.shop() == shop)
                .findFirst();
    }

    public Optional<AblySeller> ablySellerOf(Shop shop) {
        return ablySellers.values().stream()
                .filter(seller -> seller.shop() == shop)
                .findFirst();
    }

    public Optional<Property> propertyOf(Shop shop) {
        return properties.values().stream()
                .filter(property -> property.shop() == shop)
                .findFirst();
    }

    private void open(Channel channel, Shop shop, AccountRequest request) {
        String name = shop.settings().name();
        Draw draw = Draw.of(seed, "account", channel, name);
        switch (channel) {
            case CAFE24 ->
                malls.put(name, new Mall(name, shop, request.quotaCalls(), request.isClamping(), request.mallShops()));
            case NAVER -> {
                String clientId = "sbxn" + "%016x".formatted(draw.next()) + "-" + name;
                String clientSecret = salt(draw);
                smartStores.put(
                        clientId, new SmartStore(clientId, clientSecret, "ncp-" + name, Set.of("127.0.0.1"), shop));
            }
            case ABLY -> {
                String email = name + "@seller.example.invalid";
                String password = "sbx-" + Long.toString(draw.next() >>> 1, 36);
                ablySellers.put(email, new AblySeller(email, password, request.layout(), request.hasCaptcha(), shop));
            }
            case GA4 -> {
                String id = String.valueOf(300_000_000 + Math.floorMod(draw.next(), 99_999_999L));
                ServiceAccount reader =
                        serviceAccounts.computeIfAbsent(request.project(), project -> keys.of(seed, project));
                properties.put(id, new Property(id, reader, request.isThresholded(), shop));
            }
        }
    }

    /** Cost 4, to be quick; the last letter such that every bcrypt takes it. */
    private static String salt(Draw draw) {
        StringBuilder salt = new StringBuilder("$2a$04$");
        for (int i = 0; i < 21; i++) {
            salt.append(SALT_LETTERS.charAt(draw.below(SALT_LETTERS.length())));
        }
        return salt.append(".Oeu".charAt(draw.below(4))).toString();
    }
}
