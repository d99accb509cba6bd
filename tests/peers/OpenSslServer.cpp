#include "peers/OpenSslServer.h"

#include <QDeadlineTimer>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace sockeye::test {

OpenSslServer::~OpenSslServer()
{
    m_process.kill();
    m_process.waitForFinished();
}

bool OpenSslServer::start(const OpenSslFiles &files, const QString &name, const QStringList &more)
{
    static const QRegularExpression accepting(u"ACCEPT .*:(\\d+)"_s);
    m_process.setWorkingDirectory(files.directory());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(u"openssl"_s, QStringList{u"s_server"_s, u"-accept"_s, u"127.0.0.1:0"_s, u"-www"_s, u"-cert"_s,
                                              name + u".pem"_s, u"-key"_s, name + u".key"_s} +
                                      more);
    const QDeadlineTimer deadline(10'000);
    while (m_port == 0 && m_process.state() != QProcess::NotRunning && !deadline.hasExpired()) {
        m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()));
        m_said += m_process.readAll();
        m_port = accepting.match(QString::fromUtf8(m_said)).captured(1).toUShort();
    }
    return m_port != 0;
}

} // namespace sockeye::test
