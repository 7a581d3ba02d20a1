package jp.musubi.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * 本人確認の方法. How a counterparty shows who it is, beside the link in its own mailbox (LAW-3).
 *
 * @param phone where a number goes by SMS, as {@code +819012345678} (ITU-T E.164); else empty
 */
public record Identification(Way way, String phone) {
  /** By the link in its mailbox alone. */
  public static final Identification BY_MAIL = new Identification(Way.MAIL, "");

  /** By the link, and a code that the sender tells by another way than mail. */
  public static final Identification BY_ACCESS_CODE = new Identification(Way.ACCESS_CODE, "");

  /** Checks that there is a telephone where one is needed, and nowhere else. */
  public Identification {
    if ((way == Way.SMS_CODE) == phone.isEmpty()) {
      throw new IllegalArgumentException("a telephone goes with SMS and with nothing else");
    }
  }

  /** 本人確認の水準 (LAW-3), the weakest first. */
  public enum Level {
    /** The mailbox alone. */
    L1,
    /** The mailbox, and something that came by another way. */
    L2,
    /** Something that its holder registered and keeps. */
    L3;

    /** Whether it is enough where {@code least} is asked for. */
    public boolean reaches(Level least) {
      return compareTo(least) >= 0;
    }

    /** The stronger of the two. */
    public Level or(Level other) {
      return reaches(other) ? this : other;
    }

    /** Those that some way of identification reaches. */
    public static List<Level> reachable() {
      return Arrays.stream(Way.values()).map(Way::level).distinct().sorted().toList();
    }
  }

  /** What is asked for when somebody comes by the link. */
  public enum Way {
    /** Nothing more. */
    MAIL,
    /** アクセスコード, told by another way. */
    ACCESS_CODE,
    /** 確認番号 by mail, at that moment: shows that the mailbox is theirs still. */
    MAIL_CODE,
    /** 確認番号 by SMS, at that moment. */
    SMS_CODE,
    /** A code of the authenticator app that is registered for its address. */
    TOTP,
    /** The passkey that is registered for its address. */
    PASSKEY,
    /**
     * 外部のID: signing in at an OpenID provider that counts for L2 or more, as the registered one.
     */
    EXTERNAL_ID_L2,
    /** The same, at one that counts for L3. */
    EXTERNAL_ID_L3;

    /** Whether a number is made at the moment, upon a button. */
    public boolean isOneTime() {
      return this == MAIL_CODE || this == SMS_CODE;
    }

    /**
     * Whether it was registered once and is kept. Where nothing is yet, an access code lets the
     * party register it.
     */
    public boolean isRegistered() {
      return this == TOTP || this == PASSKEY || isExternal();
    }

    /** Whether the party signs in elsewhere, at a provider that the operator has set up. */
    public boolean isExternal() {
      return this == EXTERNAL_ID_L2 || this == EXTERNAL_ID_L3;
    }

    /** Whether the sender tells the party an access code. */
    public boolean hasAccessCode() {
      return this == ACCESS_CODE || isRegistered();
    }

    /** L1 for the mailbox alone, L2 with a code by another way, L3 with what its holder keeps. */
    public Level level() {
      return switch (this) {
        case MAIL, MAIL_CODE -> Level.L1;
        case ACCESS_CODE, SMS_CODE, EXTERNAL_ID_L2 -> Level.L2;
        case TOTP, PASSKEY, EXTERNAL_ID_L3 -> Level.L3;
      };
    }

    /** The factors, as agreements name them; the level is said beside them. */
    public String factors() {
      return this == MAIL ? "MAIL_LINK" : "MAIL_LINK+" + (isExternal() ? "EXTERNAL_ID" : name());
    }

    /** As forms name it. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
