#pragma once

#include <QString>

namespace sockeye {

/// What clients of other makers do where a server breaks this rule (Finding::rule, HandshakeCheck::rule), in a sentence
/// or two: "Chromium and Node fail here; Firefox and Deno go on.", or empty for a rule that was not tried with them.
/// Each was seen: docs/clients.md has the versions.
[[nodiscard]] QString clientBehaviour(QStringView rule);
/// The text, with that behind it.
[[nodiscard]] QString withClientBehaviour(const QString &text, QStringView rule);

} // namespace sockeye
