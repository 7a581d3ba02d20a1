package jp.musubi.api;

import jp.musubi.TestBody;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Tenancy;
import org.springframework.context.ApplicationContext;

/** Somebody's program that hears of a body's contracts. */
public final class SimulatedReceiver {
  private SimulatedReceiver() {}

  /** From now on it is told of everything. */
  public static void register(ApplicationContext context, TestBody body) {
    Tenancy.in(
        body.id(),
        () ->
            context
                .getBean(Webhooks.class)
                .register(
                    "財務会計",
                    "https://kaikei.musubi.example/hook",
                    "simulation-" + body.code(),
                    new Actor(Actor.Kind.STAFF, body.clerk().toString(), "見本 花子"),
                    "192.0.2.1"));
  }

  /** Which event is handed over. */
  public static String event(Object message) {
    return ((WebhookDoor.Message) message).event();
  }

  /** It has it. */
  public static Object taken() {
    return new WebhookDoor.Answer.Taken(200);
  }

  /** It has not, or its answer was lost. */
  public static Object failed() {
    return new WebhookDoor.Answer.Failed("simulated");
  }
}
