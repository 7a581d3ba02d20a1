package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Attachments;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** 参照する書類: the files of their own to which a contract refers, byte for byte. */
@Controller
class EnclosureController {
  private final Entrance entrance;
  private final Ceremony ceremony;
  private final Documents documents;
  private final Attachments attachments;

  EnclosureController(
      Entrance entrance, Ceremony ceremony, Documents documents, Attachments attachments) {
    this.entrance = entrance;
    this.ceremony = ceremony;
    this.documents = documents;
    this.attachments = attachments;
  }

  @GetMapping("/s/{body}/{link}/files/{file}")
  @Nullable String file(
      @PathVariable String body,
      @PathVariable String link,
      @PathVariable UUID file,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body,
        link,
        model,
        request,
        response,
        (visit, _) -> {
          var found =
              attachments
                  .of(visit.contract().id())
                  .find(file)
                  .filter(each -> each.role() == Attachment.Role.REFERENCE)
                  .filter(_ -> !visit.standing().isEnded())
                  .orElseThrow(() -> new NotFound("attachment " + file));
          ceremony.downloaded(visit, Visitor.of(request), "attachment", found.sha256());
          documents.send(found.sha256(), found.name(), found.mediaType(), response);
          return null;
        });
  }
}
