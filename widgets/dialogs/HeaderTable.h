#pragma once

#include "profiles/Endpoint.h"

#include <QWidget>

class QPushButton;
class QTableWidget;

namespace sockeye {

/// What lines of text hold as headers: "Name: value" each. Request lines, blank lines and the headers that every
/// handshake makes anew (Connection, Upgrade, Sec-WebSocket-Key, ...) are left out, so that a request copied from
/// anywhere fits.
[[nodiscard]] QList<RequestHeader> headersFromText(const QString &text);

/// Edits the headers of an opening request: in order, duplicates allowed, each with a tick whether it is sent.
class HeaderTable final : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderTable(QWidget *parent = nullptr);

    [[nodiscard]] QList<RequestHeader> headers() const;
    void setHeaders(const QList<RequestHeader> &headers);
    [[nodiscard]] QTableWidget *table() const { return m_table; }

public Q_SLOTS:
    void addHeader();
    void removeHeader();
    void pasteHeaders();

Q_SIGNALS:
    void changed();

private:
    void append(const RequestHeader &header);
    void move(int by);
    void updateButtons();
    [[nodiscard]] RequestHeader headerAt(int row) const;

    QTableWidget *m_table;
    QPushButton *m_remove = nullptr;
    QPushButton *m_up = nullptr;
    QPushButton *m_down = nullptr;
};

} // namespace sockeye
