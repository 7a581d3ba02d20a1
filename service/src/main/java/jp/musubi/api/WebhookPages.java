package jp.musubi.api;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Webhookの画面, put together. */
@Component
class WebhookPages {
  /** Where they are. */
  static final String HOME = "/settings/webhooks";

  private static final Field.Look URL = new Field.Look("url", "off", "url", null, null, 500, null);

  private final Webhooks webhooks;
  private final Book book;
  private final Clock clock;

  WebhookPages(Webhooks webhooks, Book book, Clock clock) {
    this.webhooks = webhooks;
    this.book = book;
    this.clock = clock;
  }

  Sheet list() {
    var now = clock.instant();
    return Sheet.of(book.of("webhook.list"), crumbs())
        .led(Text.of("webhook.lead"))
        .doing(List.of(Sheet.Action.first("webhook.new", HOME + "/new")))
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("webhook.list"),
                    List.of("webhook.name", "webhook.url", "webhook.state"),
                    webhooks.all().stream().map(each -> row(each, now)).toList(),
                    "webhook.none")));
  }

  private List<Sheet.Cell> row(Webhook.Endpoint endpoint, Instant now) {
    var lost = webhooks.lost(endpoint.id());
    return List.of(
        Sheet.Cell.link(endpoint.name(), path(endpoint)),
        Sheet.Cell.of(endpoint.url()),
        Sheet.Cell.of(state(endpoint, now))
            .noted(lost == 0 ? null : book.of("webhook.lost", lost)));
  }

  Sheet one(Webhook.Endpoint endpoint) {
    var now = clock.instant();
    var lost = webhooks.lost(endpoint.id());
    var ended = endpoint.endedAt().isPresent();
    return Sheet.of(endpoint.name(), crumbs(new Crumb(endpoint.name(), path(endpoint))))
        .warning(lost == 0 || ended ? null : Text.of("webhook.lost.warning", String.valueOf(lost)))
        .with(
            List.of(
                Fact.of("webhook.state", state(endpoint, now)),
                Fact.of("webhook.url", endpoint.url()),
                Fact.of("webhook.created", JapaneseDates.time(endpoint.createdAt()))))
        .doing(
            ended
                ? List.of()
                : List.of(
                    Sheet.Action.link("webhook.secret", path(endpoint) + "/secret"),
                    Sheet.Action.link("webhook.end", path(endpoint) + "/end")))
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("webhook.deliveries", String.valueOf(Webhooks.SHOWN)),
                    List.of(
                        "webhook.occurred",
                        "webhook.event",
                        "webhook.sequence",
                        "webhook.delivery",
                        "webhook.again"),
                    webhooks.deliveries(endpoint.id()).stream()
                        .map(each -> row(endpoint, each, ended))
                        .toList(),
                    "webhook.deliveries.none")));
  }

  private List<Sheet.Cell> row(
      Webhook.Endpoint endpoint, Webhook.Delivery delivery, boolean ended) {
    return List.of(
        Sheet.Cell.of(JapaneseDates.time(delivery.occurredAt())),
        Sheet.Cell.link(
                book.of("webhook.event." + delivery.event()), "/contracts/" + delivery.contract())
            .noted(delivery.id().toString()),
        Sheet.Cell.of(String.valueOf(delivery.sequence())),
        Sheet.Cell.of(outcome(delivery)).noted(note(delivery)),
        ended || !delivery.isSettled()
            ? Sheet.Cell.of("")
            : Sheet.Cell.of(
                Sheet.Action.press(
                    "webhook.replay",
                    path(endpoint) + "/deliveries/" + delivery.id() + "/replay",
                    Map.of())));
  }

  private String outcome(Webhook.Delivery delivery) {
    return delivery
        .deliveredAt()
        .map(at -> book.of("webhook.delivered", JapaneseDates.time(at)))
        .or(() -> delivery.gaveUpAt().map(at -> book.of("webhook.gaveUp", JapaneseDates.time(at))))
        .orElseGet(() -> book.of("webhook.waits", JapaneseDates.time(delivery.nextAt())));
  }

  private @Nullable String note(Webhook.Delivery delivery) {
    return delivery
        .lastError()
        .map(error -> book.of("webhook.tried", delivery.attempts(), error))
        .orElse(null);
  }

  private String state(Webhook.Endpoint endpoint, Instant now) {
    if (endpoint.endedAt().isPresent()) {
      return book.of("webhook.state.ended");
    }
    return endpoint
        .restsUntil()
        .filter(now::isBefore)
        .map(until -> book.of("webhook.state.rests", JapaneseDates.time(until)))
        .orElseGet(() ->
            book.of(endpoint.failures() > 0 ? "webhook.state.failing" : "webhook.state.active"));
  }

  Form registering(
      @Nullable String name, @Nullable String url, String key, Map<String, Text> wrong) {
    return Form.of(
            book.of("webhook.new"),
            crumbs(book.crumb("webhook.new", HOME + "/new")),
            HOME + "/new",
            List.of(
                Field.required("idempotencyKey", "webhook.name").drawn(Form.HIDDEN).with(key),
                Field.required("name", "webhook.name")
                    .hinted("webhook.name.hint")
                    .with(name)
                    .wrong(wrong.get("name")),
                Field.required("url", "webhook.url")
                    .hinted("webhook.url.hint")
                    .drawn(URL)
                    .with(url)
                    .wrong(wrong.get("url"))),
            "webhook.new.submit",
            HOME)
        .led(Text.of("webhook.new.lead"));
  }

  Form rotating(Webhook.Endpoint endpoint, String key) {
    return asking(
            endpoint,
            "secret",
            List.of(Field.required("idempotencyKey", "webhook.name").drawn(Form.HIDDEN).with(key)))
        .led(Text.of("webhook.secret.lead"));
  }

  Form ending(Webhook.Endpoint endpoint) {
    return asking(endpoint, "end", List.of()).led(Text.of("webhook.end.lead", endpoint.name()));
  }

  private Form asking(Webhook.Endpoint endpoint, String what, List<Field> fields) {
    var path = path(endpoint);
    var heading = book.of("webhook." + what);
    return Form.of(
        heading,
        crumbs(new Crumb(endpoint.name(), path), new Crumb(heading, path + "/" + what)),
        path + "/" + what,
        fields,
        "webhook." + what + ".submit",
        path);
  }

  List<Crumb> crumbs(Crumb... more) {
    var all = new ArrayList<Crumb>();
    all.add(book.crumb("people.crumb.home", "/"));
    all.add(book.crumb("settings.title", "/settings"));
    all.add(book.crumb("webhook.list", HOME));
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  static String path(Webhook.Endpoint endpoint) {
    return HOME + "/" + endpoint.id();
  }
}
