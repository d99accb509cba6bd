#pragma once

#include "tls/CertificateProblem.h"

#include <QStringList>

namespace sockeye {

/// What is wrong with a certificate, in sentences, none twice. `name` is the one that it was expected to be for.
[[nodiscard]] QStringList certificateErrors(const QList<CertificateProblem> &problems, const QString &name);
/// What to do about it, in a sentence or two.
[[nodiscard]] QString certificateAdvice(const QList<CertificateProblem> &problems);
/// Whether the table has words of its own for the code.
[[nodiscard]] bool isKnownVerifyError(int code);

} // namespace sockeye
