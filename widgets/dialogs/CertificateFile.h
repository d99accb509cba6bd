#pragma once

#include "tls/CertificateFacts.h"

#include <functional>

class QWidget;

namespace sockeye {

class Prompts;

/// Asks where to and writes a certificate as PEM; `told` hears whether it was written, and a sentence about it.
void saveCertificate(QWidget *parent, Prompts &prompts, const CertificateFacts &certificate,
                     const std::function<void(bool saved, const QString &words)> &told);

} // namespace sockeye
