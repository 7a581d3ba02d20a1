package jp.musubi.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import jp.musubi.platform.NotFound;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The trial's own pages: every letter that was sent, and sample contracts to upload. */
@Controller
@ConditionalOnProperty("musubi.trial.enabled")
class TrialPages {
  private final Mailbox mailbox;

  TrialPages(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  @GetMapping("/trial/mailbox")
  String mailbox(Model model) {
    model.addAttribute("letters", mailbox.letters().stream().map(LetterPage::of).toList());
    model.addAttribute(
        "samples", SampleContract.all().stream().map(SampleContract::fileName).toList());
    return "trial/mailbox";
  }

  @GetMapping("/trial/mailbox/{number}")
  String letter(@PathVariable int number, Model model) {
    model.addAttribute(
        "letter",
        mailbox
            .letter(number)
            .map(LetterPage::of)
            .orElseThrow(() -> new NotFound("letter " + number)));
    return "trial/letter";
  }

  @GetMapping("/trial/samples/{number}")
  ResponseEntity<byte[]> sample(@PathVariable int number) throws IOException {
    if (number < 1 || number > SampleContract.all().size()) {
      throw new NotFound("sample " + number);
    }
    var sample = SampleContract.all().get(number - 1);
    var file = Files.createTempFile("sample", ".pdf");
    try {
      sample.write(file);
      return ResponseEntity.ok()
          .contentType(MediaType.APPLICATION_PDF)
          .header(
              HttpHeaders.CONTENT_DISPOSITION,
              ContentDisposition.attachment()
                  .filename(sample.fileName(), StandardCharsets.UTF_8)
                  .build()
                  .toString())
          .body(Files.readAllBytes(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** A letter as the page prints it: text runs and links apart, so that links can be followed. */
  record LetterPage(
      int number, String from, String to, String subject, String sentAt, List<Run> runs) {

    /** A piece of the text; with an address, it is a link. */
    record Run(String text, boolean link) {}

    static LetterPage of(Letter letter) {
      return new LetterPage(
          letter.number(),
          letter.from(),
          letter.to(),
          letter.subject(),
          TrialTime.of(letter.sentAt()),
          runs(letter));
    }

    private static List<Run> runs(Letter letter) {
      var runs = new java.util.ArrayList<Run>();
      var rest = letter.text();
      for (var link : letter.links()) {
        var at = rest.indexOf(link);
        runs.add(new Run(rest.substring(0, at), false));
        runs.add(new Run(link, true));
        rest = rest.substring(at + link.length());
      }
      runs.add(new Run(rest, false));
      return List.copyOf(runs);
    }
  }
}
