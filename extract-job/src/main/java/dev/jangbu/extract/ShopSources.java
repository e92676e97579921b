package dev.jangbu.extract;

import dev.jangbu.extract.ably.AblyCrawlSource;
import dev.jangbu.extract.ably.AblyExportSource;
import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.cafe24.Cafe24Source;
import dev.jangbu.extract.cardfiles.CardFilesSource;
import dev.jangbu.extract.ga4.Ga4Source;
import dev.jangbu.extract.ga4.UniversalAnalyticsSource;
import dev.jangbu.extract.mapping.Mapping;
import dev.jangbu.extract.mapping.Mappings;
import dev.jangbu.extract.mysql.MySqlSource;
import dev.jangbu.extract.onlineretail.OnlineRetailSource;
import dev.jangbu.extract.smartstore.SmartStoreSource;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The sources of shops' accounts: for each platform the one that asks it, and those that read its files. */
final class ShopSources {
    private final List<Offer> offers;

    ShopSources(Map<String, String> environment) {
        offers = List.of(
                Offer.platform("cafe24", Channel.CAFE24, new Cafe24Source(environment)),
                Offer.platform("smartstore", Channel.NAVER, new SmartStoreSource(environment)),
                Offer.platform("mysql", Channel.MYSQL, new MySqlSource(environment)),
                Offer.platform("ga4", Channel.GA4, new Ga4Source(environment)),
                Offer.file("ua", Channel.GA4, UniversalAnalyticsSource::new),
                Offer.file("ably-export", Channel.ABLY, file -> new AblyExportSource(file, environment)),
                Offer.consented(ShopOptions.CRAWL_SOURCE, Channel.ABLY, () -> new AblyCrawlSource(environment)),
                Offer.file("online-retail", Channel.FILE, OnlineRetailSource::new),
                Offer.mapped("files", Channel.FILE, CardFilesSource::new));
    }

    /** What a source's files are, and how they are read. */
    record Input(Optional<Path> path, Optional<String> mapping) {
        static final Input NONE = new Input(Optional.empty(), Optional.empty());
    }

    /** A source of a platform's accounts, opened with {@code --input} where it reads a file. */
    record Offer(
            String name,
            Channel channel,
            boolean readsFile,
            boolean isMapped,
            boolean isByConsent,
            Function<Input, ShopSource> opening) {
        static Offer platform(String name, Channel channel, ShopSource source) {
            return new Offer(name, channel, false, false, false, none -> source);
        }

        /** One that is opened by its name only: its owner's consent is needed. */
        static Offer consented(String name, Channel channel, Supplier<ShopSource> opening) {
            return new Offer(name, channel, false, false, true, none -> opening.get());
        }

        static Offer file(String name, Channel channel, Function<Path, ShopSource> opening) {
            return new Offer(
                    name,
                    channel,
                    true,
                    false,
                    false,
                    input -> opening.apply(input.path().orElseThrow()));
        }

        /** One whose files are read by a mapping. */
        static Offer mapped(String name, Channel channel, BiFunction<Path, Mapping, ShopSource> opening) {
            return new Offer(
                    name,
                    channel,
                    true,
                    true,
                    false,
                    input -> opening.apply(
                            input.path().orElseThrow(),
                            Mappings.find(input.mapping().orElseThrow())));
        }

        boolean isPlatform() {
            return !readsFile && !isByConsent;
        }

        ShopSource open(Input input) {
            requireMapping(input);
            if (readsFile && input.path().isEmpty()) {
                throw new JobFailure(ExitCode.USAGE, "--input: missing (expected: the file of " + name + ")");
            }
            if (!readsFile && input.path().isPresent()) {
                throw new JobFailure(
                        ExitCode.USAGE, "--input: given with " + name + " (expected: a --source that reads a file)");
            }
            return opening.apply(input);
        }

        private void requireMapping(Input input) {
            if (isMapped && input.mapping().isEmpty()) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "--mapping: missing (expected: one, to read the columns of the files, such as"
                                + " purchase-cards)");
            }
            if (!isMapped && input.mapping().isPresent()) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "--mapping: given with " + name + " (expected: --source files, of an account of files)");
            }
        }
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when the account's platform is not asked, its files are read */
    ShopSource platform(Account account) {
        return offers.stream()
                .filter(offer -> offer.channel() == account.channel() && offer.isPlatform())
                .findFirst()
                .orElseThrow(() -> new JobFailure(
                        ExitCode.USAGE, account.id() + ": has no platform (expected: an account that is asked)"))
                .open(Input.NONE);
    }

    /**
     * The source that fits.
     *
     * @param name of {@code --source}; empty for the platform itself
     * @throws JobFailure with {@link ExitCode#USAGE} when there is none for the account, or it has no such dataset
     */
    ShopSource open(Account account, String dataset, String name, Input input) {
        List<Offer> fitting = offers.stream()
                .filter(offer -> offer.channel() == account.channel())
                .toList();
        Offer chosen = fitting.stream()
                .filter(offer ->
                        name.isEmpty() ? offer.isPlatform() : offer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new JobFailure(
                        ExitCode.USAGE,
                        "--source: " + (name.isEmpty() ? "missing" : name) + " (expected for " + account.id() + ": "
                                + fitting.stream().map(Offer::name).collect(Collectors.joining(" or ")) + ")"));
        ShopSource source = chosen.open(input);
        if (!source.datasets().contains(dataset)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "dataset: " + dataset + " (expected for " + account.id() + ": "
                            + source.datasets().stream().sorted().collect(Collectors.joining(", ")) + ")");
        }
        return source;
    }
}
