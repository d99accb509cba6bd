#pragma once

#include "explain/HandshakeLines.h"

#include <QTextEdit>

namespace sockeye {

/// A read-only text as high as its lines need, up to a limit: bytes as text, or the lines of a head with what each is.
class HeadText final : public QTextEdit
{
    Q_OBJECT

public:
    explicit HeadText(QWidget *parent = nullptr);

    void showPlain(const QByteArray &bytes);
    void showLines(const HandshakeLines &lines);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitHeight();

    int m_maxHeight = 0;
};

} // namespace sockeye
