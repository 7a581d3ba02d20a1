package jp.musubi.api;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.AddressRange;
import jp.musubi.platform.Tenancy;
import org.springframework.context.ApplicationContext;

/** Programs for tests of other packages. */
public final class TestPrograms {
  private TestPrograms() {}

  /** The key of a program that works in somebody's name, as far as their rights reach. */
  public static String key(ApplicationContext context, TestBody body, UUID responsible) {
    return Tenancy.in(
            body.id(),
            () ->
                context
                    .getBean(Programs.class)
                    .register(
                        new Programs.Shape(
                            "財務会計",
                            responsible,
                            null,
                            true,
                            List.of(AddressRange.parse("192.0.2.0/24").orElseThrow()),
                            Optional.empty()),
                        UUID.randomUUID().toString(),
                        new Actor(Actor.Kind.STAFF, UUID.randomUUID().toString(), "見本 清"),
                        "192.0.2.1"))
        .orElseThrow()
        .reveal();
  }
}
