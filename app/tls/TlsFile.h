#pragma once

#include "base/Result.h"

#include <QByteArray>

namespace sockeye {

/// A file that TLS options name, as it is on the disk. It is read once only: it may be a pipe.
struct TlsFile
{
    QString path;
    QByteArray content;

    /// Errors name the file and what is wrong with it. What is larger than certificates and keys ever are is refused.
    [[nodiscard]] static Result<TlsFile> read(const QString &path);

    /// RFC 7468: text with "-----BEGIN ...-----".
    [[nodiscard]] bool isPem() const;
    /// What the PEM text holds, each once, as its lines name it: "CERTIFICATE", "PRIVATE KEY".
    [[nodiscard]] QStringList pemLabels() const;
};

} // namespace sockeye
