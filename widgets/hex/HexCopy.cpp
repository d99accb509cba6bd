#include "widgets/hex/HexCopy.h"

#include "base/Bytes.h"

namespace sockeye {

namespace {

QString cArray(QByteArrayView bytes)
{
    static constexpr qsizetype PerLine = 12;
    QString text = QStringLiteral("unsigned char data[%1] = {").arg(bytes.size());
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        text += i % PerLine == 0 ? QStringLiteral("\n    ") : QStringLiteral(" ");
        text += QStringLiteral("0x%1").arg(static_cast<quint8>(bytes[i]), 2, 16, QLatin1Char('0'));
        if (i + 1 < bytes.size())
            text += u',';
    }
    return text + QStringLiteral("\n};");
}

} // namespace

QString copyText(QByteArrayView bytes, CopyForm form)
{
    switch (form) {
    case CopyForm::Hex:
        return hexText(bytes);
    case CopyForm::Text:
        return textFromUtf8(bytes);
    case CopyForm::CArray:
        return cArray(bytes);
    case CopyForm::Base64:
        return QString::fromLatin1(bytes.toByteArray().toBase64());
    }
    return {};
}

} // namespace sockeye
