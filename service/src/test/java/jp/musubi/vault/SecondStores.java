package jp.musubi.vault;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The care of the tests' own store with a second one beside it. */
public final class SecondStores {
  /** How often each object is looked at. */
  public static final Duration INTERVAL = Duration.ofDays(30);

  private SecondStores() {}

  /** With a second store in a folder; {@code clock} says which round is due. */
  public static VaultCare care(ApplicationContext context, Path folder, Clock clock) {
    var gate = new StoreGate(Duration.ofSeconds(20));
    var store = new FileObjectStore(folder);
    StoreCanary.insistOnWriteOnce(store, gate);
    return care(context, new SecondStore(Optional.of(new ObjectBytes(store, gate))), clock);
  }

  /** Looks at objects and at their copies in a folder. */
  static Examination examination(ApplicationContext context, Path folder) {
    var gate = new StoreGate(Duration.ofSeconds(20));
    return new Examination(
        context.getBean(ObjectBytes.class),
        new SecondStore(Optional.of(new ObjectBytes(new FileObjectStore(folder), gate))),
        context.getBean(ObjectRecords.class),
        context.getBean(CareRecords.class),
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class)));
  }

  /** Erases from the tests' own store and from the one in a folder. */
  public static Erasure erasure(ApplicationContext context, Path folder) {
    var gate = new StoreGate(Duration.ofSeconds(20));
    return new Erasure(
        context.getBean(ObjectBytes.class),
        new SecondStore(Optional.of(new ObjectBytes(new FileObjectStore(folder), gate))),
        context.getBean(ObjectRecords.class),
        context.getBean(CareRecords.class),
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class)));
  }

  /** All files of a body, in the tests' own store and in a folder. */
  public static BodyFiles files(ApplicationContext context, Path folder) {
    var gate = new StoreGate(Duration.ofSeconds(20));
    return new BodyFiles(
        context.getBean(ObjectBytes.class),
        new SecondStore(Optional.of(new ObjectBytes(new FileObjectStore(folder), gate))));
  }

  static VaultCare care(ApplicationContext context, SecondStore second, Clock clock) {
    return new VaultCare(
        context.getBean(ObjectBytes.class),
        second,
        context.getBean(ObjectRecords.class),
        new CareRecords(
            context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class), clock),
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
        INTERVAL);
  }
}
