#include "widgets/dialogs/CertificateFile.h"

#include "widgets/controls/Prompts.h"
#include "widgets/dialogs/CertificateDetails.h"

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

struct CertificateFileWords
{
    Q_DECLARE_TR_FUNCTIONS(CertificateFile)
};

/// A name for the file, of characters that every file system takes.
QString fileName(const CertificateFacts &certificate)
{
    QString name = certificateTitle(certificate);
    for (QChar &c : name) {
        const bool plain = c.unicode() < 128 && (c.isLetterOrNumber() || c == u'.' || c == u'-');
        c = plain ? c : QChar(u'-');
    }
    while (name.startsWith(u'.') || name.startsWith(u'-'))
        name.remove(0, 1);
    return (name.isEmpty() ? u"certificate"_s : name) + u".pem"_s;
}

} // namespace

void saveCertificate(QWidget *parent, Prompts &prompts, const CertificateFacts &certificate,
                     const std::function<void(bool saved, const QString &words)> &told)
{
    const FileRequest request{CertificateFileWords::tr("Save certificate"), fileName(certificate),
                              CertificateFileWords::tr("PEM files (*.pem *.crt *.cer);;All files (*)"), u"pem"_s};
    prompts.saveFile(parent, request, [pem = certificate.pem, told](const QString &path) {
        QSaveFile file(path);
        const bool saved = file.open(QIODevice::WriteOnly) && file.write(pem) == pem.size() && file.commit();
        const QString shown = QDir::toNativeSeparators(path);
        told(saved, saved
                        ? CertificateFileWords::tr("Saved “%1”.").arg(shown)
                        : CertificateFileWords::tr("“%1” could not be written: %2. Choose another place or make room.")
                              .arg(shown, file.errorString()));
    });
}

} // namespace sockeye
