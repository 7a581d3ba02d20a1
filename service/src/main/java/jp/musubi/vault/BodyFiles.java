package jp.musubi.vault;

import java.util.OptionalLong;
import jp.musubi.platform.Tenancy;

/** 団体のすべてのファイル, in both stores: counted, and taken away when the body's use has ended. */
public final class BodyFiles {
  private final ObjectBytes first;
  private final SecondStore second;

  BodyFiles(ObjectBytes first, SecondStore second) {
    this.first = first;
    this.second = second;
  }

  /**
   * How many files lie there.
   *
   * @param second empty where there is no second store
   */
  public record Count(long first, OptionalLong second) {
    /** Whether nothing lies anywhere. */
    public boolean isNothing() {
      return first == 0 && second.orElse(0) == 0;
    }
  }

  /** Counts the current body's, on the devices and not in the records. */
  public Count count() {
    var tenant = Tenancy.required();
    return new Count(
        first.count(tenant),
        second
            .bytes()
            .map(store -> OptionalLong.of(store.count(tenant)))
            .orElseGet(OptionalLong::empty));
  }

  /** Takes all of the current body's away; a second time changes nothing. */
  public void removeAll() {
    var tenant = Tenancy.required();
    second.bytes().ifPresent(store -> store.removeAll(tenant));
    first.removeAll(tenant);
  }
}
