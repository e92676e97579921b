package dev.jangbu.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/** What holds in every module; a module's {@code ArchitectureTest} takes these rules in. */
public final class ModuleRules {
    /** A folder is a room, and rooms do not stand in each other. */
    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.jangbu.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule theKitKnowsNoJob = noClasses()
            .that()
            .resideInAPackage("dev.jangbu.kit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.jangbu.extract..",
                    "dev.jangbu.transform..",
                    "dev.jangbu.load..",
                    "dev.jangbu.mart..",
                    "dev.jangbu.spark..",
                    "dev.jangbu.search..")
            .allowEmptyShould(true);

    /** The jobs hand files and rows over, nothing else. */
    @ArchTest
    static final ArchRule jobsDoNotKnowEachOther = slices().matching(
                    "dev.jangbu.(extract|transform|load|mart|search)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingFindsItsDayOnTheWallClock = noClasses()
            .should()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(ZoneId.class, "systemDefault")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule dependenciesComeByConstructor = fields().should()
            .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule springBatchStaysInTheKitAndTheConfigurations = noClasses()
            .that()
            .resideOutsideOfPackage("dev.jangbu.kit.run..")
            .and()
            .haveSimpleNameNotEndingWith("Configuration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.batch..")
            .allowEmptyShould(true);

    /** These name a table or a column, each matched against a pattern of plain names before. */
    @ArchTest
    static final ArchRule valuesOfSqlAreBound = classes()
            .that()
            .resideInAnyPackage(
                    "dev.jangbu.kit..",
                    "dev.jangbu.extract..",
                    "dev.jangbu.transform..",
                    "dev.jangbu.load..",
                    "dev.jangbu.mart..",
                    "dev.jangbu.spark..",
                    "dev.jangbu.search..")
            .should(new SqlTextRule(Set.of(
                    "dev.jangbu.load.clean.BinaryCopy",
                    "dev.jangbu.load.clean.CsvCopy",
                    "dev.jangbu.load.day.DayTable",
                    "dev.jangbu.load.day.Reload",
                    "dev.jangbu.load.day.RowCounts",
                    "dev.jangbu.load.window.IncomingTables",
                    "dev.jangbu.mart.definition.Mart",
                    "dev.jangbu.mart.build.SourceDay")))
            .allowEmptyShould(true);

    private ModuleRules() {}
}
