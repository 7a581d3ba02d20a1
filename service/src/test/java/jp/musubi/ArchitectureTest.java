package jp.musubi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.SealKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** 間取り — what the compiler cannot check of the plan in ARCHITECTURE.md. */
class ArchitectureTest {
  /** The libraries below the service are no modules of it. */
  private static final ApplicationModules MODULES =
      ApplicationModules.of(
          MusubiApplication.class, resideInAnyPackage("jp.musubi.seal..", "jp.musubi.testkit.."));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("jp.musubi");

  @Test
  @DisplayName("機能は宣言した相手だけに頼り、輪にならない")
  void featuresKeepToTheirDeclaredDependencies() {
    assertThat(MODULES.stream().count()).isGreaterThanOrEqualTo(11);
    MODULES.verify();
  }

  @Test
  @DisplayName("署名鍵に触れるのは締結処理だけ（LAW-1）")
  void onlySealingReachesTheKey() {
    assertThat(CLASSES.contain(SealEngine.class)).isTrue();
    classes()
        .that()
        .areAssignableTo(SealEngine.class)
        .or()
        .areAssignableTo(SealKey.class)
        .should()
        .onlyBeAccessed()
        .byAnyPackage("jp.musubi.sealing..", "jp.musubi.seal..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("時刻は時計から得る")
  void timeComesFromTheClock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .check(CLASSES);
  }

  @Test
  @DisplayName("封緘の部品は Spring も SQL も知らない")
  void theEngineKnowsNoFrameworks() {
    noClasses()
        .that()
        .resideInAnyPackage("jp.musubi.seal..", "jp.musubi.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..")
        .check(CLASSES);
  }
}
