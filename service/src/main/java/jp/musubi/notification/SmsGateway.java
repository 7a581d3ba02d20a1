package jp.musubi.notification;

import java.util.UUID;
import jp.musubi.seal.Outside;

/** Who sends text messages for us. */
@Outside
interface SmsGateway {

  /** What the gateway says of a message. */
  sealed interface Answer {
    /** It will be sent. */
    record Taken() implements Answer {}

    /** Not at this moment. */
    record NotNow(String why) implements Answer {}

    /** Not this message. */
    record Never(String why) implements Answer {}
  }

  @Outside.Described
  boolean isConfigured();

  /** Hands a message over; handed over twice under one id, it is sent once. */
  Answer hand(UUID id, String phone, String text);
}
