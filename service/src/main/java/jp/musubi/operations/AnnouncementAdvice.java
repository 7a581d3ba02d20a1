package jp.musubi.operations;

import java.util.List;
import jp.musubi.platform.JapaneseDates;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Puts what is to be read at this moment into the model of every page of ours; the pages choose to
 * show it. What a load balancer asks is no page: its answer must not wait for the database.
 */
@ControllerAdvice(basePackages = "jp.musubi")
class AnnouncementAdvice {
  private final Announcements announcements;

  AnnouncementAdvice(Announcements announcements) {
    this.announcements = announcements;
  }

  /**
   * One お知らせ as a banner.
   *
   * @param kind message key
   */
  record Shown(String tone, String kind, String title, String text, String since) {}

  @ModelAttribute("announcements")
  List<Shown> announcements() {
    return announcements.current().stream()
        .map(each ->
            new Shown(
                each.kind() == Announcement.Kind.FAULT ? "warning" : "info",
                "announcement.kind." + each.kind(),
                each.title(),
                each.text(),
                JapaneseDates.time(each.shownFrom())))
        .toList();
  }
}
