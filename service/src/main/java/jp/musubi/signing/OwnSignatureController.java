package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import jp.musubi.contract.AttachmentName;
import jp.musubi.ownsignature.OwnSignatures;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** 自社の電子証明書で署名する (当事者型): the file out, and back with a signature; then one agrees as all do. */
@Controller
@RequestMapping("/s/{body}/{link}/own-signature")
class OwnSignatureController {
  private static final Set<String> REFUSALS = Set.of("changed", "pending", "deadline", "closed");

  private final Entrance entrance;
  private final Ceremony ceremony;
  private final OwnSignatures signatures;
  private final OwnSignaturePages pages;

  OwnSignatureController(
      Entrance entrance, Ceremony ceremony, OwnSignatures signatures, OwnSignaturePages pages) {
    this.entrance = entrance;
    this.ceremony = ceremony;
    this.signatures = signatures;
    this.pages = pages;
  }

  @GetMapping
  @Nullable String show(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam(defaultValue = "") String refused,
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
          var away = away(visit, body, model);
          if (away != null) {
            return away;
          }
          return pages.show(
              visit,
              REFUSALS.contains(refused)
                  ? List.of(pages.text("signing.refused." + refused))
                  : List.of(),
              model);
        });
  }

  /** 「署名したファイルを渡す」. */
  @PostMapping
  @Nullable String handIn(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam String idempotencyKey,
      @RequestParam(required = false) @Nullable MultipartFile file,
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
          var away = away(visit, body, model);
          if (away != null) {
            return away;
          }
          var path = "redirect:" + visit.path(body) + "/own-signature";
          // Sent a second time: what was taken is shown.
          if (OwnSignatures.of(visit.contract(), visit.party()).isPresent()) {
            return path;
          }
          if (!FormKey.isOne(idempotencyKey)) {
            return path + "?refused=changed";
          }
          if (file == null || file.isEmpty()) {
            return again(visit, List.of(pages.text("signing.own.wrong.NONE")), model, response);
          }
          return switch (judged(visit, file)) {
            case OwnSignatures.Outcome.Sound(var own) ->
                path
                    + ceremony
                        .handIn(visit, idempotencyKey, own, Visitor.of(request))
                        .map(why -> "?refused=" + why)
                        .orElse("");
            case OwnSignatures.Outcome wrong -> again(visit, pages.wrong(wrong), model, response);
          };
        });
  }

  /** 「別のファイルを渡し直す」. */
  @PostMapping("/taken-back")
  @Nullable String takeBack(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam String idempotencyKey,
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
          var away = away(visit, body, model);
          if (away != null) {
            return away;
          }
          var path = "redirect:" + visit.path(body) + "/own-signature";
          if (!FormKey.isOne(idempotencyKey)) {
            return path + "?refused=changed";
          }
          return path
              + ceremony
                  .takeBack(visit, idempotencyKey, Visitor.of(request))
                  .map(why -> "?refused=" + why)
                  .orElse("");
        });
  }

  private OwnSignatures.Outcome judged(Visit visit, MultipartFile file) {
    try {
      var handed = Files.createTempFile("musubi-handed-in", ".pdf");
      try {
        file.transferTo(handed);
        var name = file.getOriginalFilename();
        return signatures.judge(
            visit.contract(), visit.party(), handed, AttachmentName.of(name == null ? "" : name));
      } finally {
        Files.deleteIfExists(handed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String again(
      Visit visit, List<String> reasons, Model model, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
    return pages.show(visit, reasons, model);
  }

  /** Where somebody goes of whom no signature is awaited now; null for who is right here. */
  private @Nullable String away(Visit visit, String body, Model model) {
    if (!visit.party().ownSignature()) {
      throw new NotFound("own signature of party " + visit.party().id());
    }
    if (visit.standing().isEnded()) {
      return pages.ended(visit, model);
    }
    return visit.standing() == Standing.TO_DECIDE ? null : "redirect:" + visit.path(body) + "/done";
  }
}
