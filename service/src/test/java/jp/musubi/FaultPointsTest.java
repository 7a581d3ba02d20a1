package jp.musubi;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.musubi.platform.FaultPoints;
import jp.musubi.seal.Outside;
import jp.musubi.seal.SealKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Whatever leaves the process passes a fault point; else the harness would prove less than it says.
 */
@ServiceTest
@DisplayName("故障点は")
class FaultPointsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("jp.musubi");

  /** Who speaks to others without being a port, and why nothing is lost by it. */
  private static final Map<String, String> NO_PORT =
      Map.of(
          "jp.musubi.seal.remote.Egress", "the way out of two ports, never used by others",
          "jp.musubi.seal.isolation.Worker", "a process of this machine, killed in WorkersTest",
          "jp.musubi.seal.key.ModuleProcess",
              "behind the port of the key; a process of this machine, killed in Pkcs11SealKeyTest",
          "jp.musubi.conversion.Confined", "a process of this machine; nothing is stored yet",
          "jp.musubi.sealing.SecondValidator", "a process of this machine; decides, stores nothing",
          "jp.musubi.platform.openid.ProviderDoor",
              "sign-in by another's ID: nothing is promised yet");

  /** Who holds a port itself, and why that is no way around. */
  private static final Map<String, String> BARE =
      Map.of(
          "jp.musubi.seal.remote.Attendance", "one of the authorities behind the port",
          "jp.musubi.sealing.TimestampWatch", "asks for tokens that nobody uses",
          "jp.musubi.sealing.SealCandidates", "says which key it is; the engine signs");

  /** Hands what went wrong to each of those who wait for it. */
  private static final List<String> TOLD_TO_ALL = List.of("GroupedAccessRecord.java");

  @Autowired ConfigurableApplicationContext context;

  @Test
  @DisplayName("ネットワークかほかのプロセスと話すクラスを、すべて接続口として知っている")
  void coverEveryClassThatTalksToOthers() {
    var others =
        Set.of(
            HttpClient.class.getName(),
            Socket.class.getName(),
            ProcessBuilder.class.getName(),
            JavaMailSender.class.getName(),
            JavaMailSenderImpl.class.getName());
    var talking =
        CLASSES.stream()
            .filter(type ->
                !type.getPackageName().startsWith("jp.musubi.trial")
                    && !type.getPackageName().startsWith("jp.musubi.testkit"))
            .filter(type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(to -> others.contains(to.getTargetClass().getName())))
            .toList();
    assertThat(talking)
        .hasSizeGreaterThanOrEqualTo(6)
        .filteredOn(type -> !isPort(type) && !type.isMetaAnnotatedWith(Configuration.class))
        .extracting(type -> type.getName().split("\\$", 2)[0])
        .containsOnly(NO_PORT.keySet().toArray(String[]::new))
        .containsAll(NO_PORT.keySet());
  }

  private static boolean isPort(JavaClass type) {
    return type.getAllRawInterfaces().stream().anyMatch(i -> i.isAnnotatedWith(Outside.class));
  }

  @Test
  @DisplayName("動いているサービスのどの部品からも、接続口への道の途中にある")
  void standBeforeEveryPortOfTheRunningService() {
    var ports =
        CLASSES.stream()
            .filter(type -> type.isInterface() && type.isAnnotatedWith(Outside.class))
            .<Class<?>>map(JavaClass::reflect)
            .toList();
    assertThat(ports).hasSizeGreaterThanOrEqualTo(7);
    var reached = new TreeSet<String>();
    var around = new TreeSet<String>();
    var bare = new TreeSet<String>();
    for (var held : held()) {
      for (var port : ports) {
        if (!port.isInstance(held.value())
            || ports.stream().anyMatch(p -> p.isInstance(held.by()))) {
          continue;
        }
        var holder = held.by().getClass().getName();
        if (FaultPoints.surround(held.value())) {
          reached.add(port.getName());
        } else if (BARE.containsKey(holder)) {
          bare.add(holder);
        } else {
          around.add(holder + " holds a bare " + port.getSimpleName());
        }
      }
    }
    assertThat(around).isEmpty();
    assertThat(reached)
        .containsExactlyInAnyOrderElementsOf(ports.stream().map(Class::getName).toList());
    assertThat(bare).isEqualTo(BARE.keySet());
  }

  @Test
  @DisplayName("だれも聞いていなければ何も挟まず、実装そのものを渡す")
  void areNotThereWhenNobodyListens() {
    SealKey key =
        new SealKey() {
          @Override
          public List<java.security.cert.X509Certificate> chain() {
            return List.of();
          }

          @Override
          public String algorithm() {
            return "none";
          }

          @Override
          public byte[] sign(byte[] toBeSigned) {
            return toBeSigned;
          }
        };
    var passed = new ArrayList<String>();
    FaultPoints listening = passed::add;

    assertThat(FaultPoints.none().around(SealKey.class, key)).isSameAs(key);
    var surrounded = listening.around(SealKey.class, key);
    assertThat(FaultPoints.surround(surrounded)).isTrue();
    assertThat(surrounded.sign(new byte[] {1})).containsExactly(1);
    assertThat(surrounded.algorithm()).isEqualTo("none");
    assertThat(passed).containsExactly("SealKey.sign:before", "SealKey.sign:after");
  }

  @Test
  @DisplayName("ErrorやThrowableを捕まえる所はなく、落ちた処理は落ちたままになる")
  void areCaughtByNobody() throws IOException {
    var caught = Pattern.compile("catch \\((?:final )?[\\w| ]*\\b(?:Throwable|Error)\\b");
    for (var module : List.of("../service", "../seal")) {
      try (Stream<Path> files = Files.walk(Path.of(module, "src", "main", "java"))) {
        assertThat(files.filter(file -> file.toString().endsWith(".java")))
            .hasSizeGreaterThan(50)
            .filteredOn(file -> caught.matcher(text(file)).find())
            .map(file -> file.getFileName().toString())
            .isSubsetOf(TOLD_TO_ALL);
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something of ours, and who holds it. */
  private record Held(Object by, Object value) {}

  /** Everything that our beans hold, and what that holds, and so on. */
  private List<Held> held() {
    var found = new ArrayList<Held>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>();
    for (var name : context.getBeanFactory().getSingletonNames()) {
      var bean = context.getBeanFactory().getSingleton(name);
      if (bean != null) {
        var target = AopProxyUtils.getSingletonTarget(bean);
        open.add(target == null ? bean : target);
      }
    }
    while (!open.isEmpty()) {
      var holder = open.remove();
      if (!isOurs(holder) || !seen.add(holder)) {
        continue;
      }
      for (var value : values(holder)) {
        found.add(new Held(holder, value));
        open.add(value);
      }
    }
    return found;
  }

  private static boolean isOurs(Object object) {
    return object.getClass().getName().startsWith("jp.musubi.");
  }

  private static List<Object> values(Object holder) {
    var values = new ArrayList<Object>();
    for (Class<?> type = holder.getClass();
        type != null && type.getName().startsWith("jp.musubi.");
        type = type.getSuperclass()) {
      for (var field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
          continue;
        }
        field.setAccessible(true);
        try {
          unfold(field.get(holder), values);
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return values;
  }

  private static void unfold(@Nullable Object value, List<Object> into) {
    switch (value) {
      case null -> {}
      case Optional<?> optional -> optional.ifPresent(inner -> unfold(inner, into));
      case Collection<?> all -> List.copyOf(all).forEach(inner -> unfold(inner, into));
      case Map<?, ?> map -> map.values().forEach(inner -> unfold(inner, into));
      case Object[] all -> Arrays.stream(all).forEach(inner -> unfold(inner, into));
      default -> into.add(value);
    }
  }
}
